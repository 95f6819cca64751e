// Lets Node run the TypeScript sources as they are: their imports name the files that the build would make.
import { registerHooks } from "node:module";

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "#http") {
      return next(new URL("../http/node-http.ts", import.meta.url).href, context);
    }
    const isSource = specifier.startsWith(".") && context.parentURL?.endsWith(".ts");
    return next(isSource ? specifier.replace(/\.js$/, ".ts") : specifier, context);
  },
});
