// Lets Node run the TypeScript sources as they are: their imports name the files that the build would make.
import { registerHooks } from "node:module";

const sources = {
  "@otel-remote-write/auth": "../../../auth/src/index.ts",
  "#text-file": "../../../auth/src/text-file-node.ts",
};

registerHooks({
  resolve(specifier, context, next) {
    const source = sources[specifier];
    if (source !== undefined) return next(new URL(source, import.meta.url).href, context);
    const isSource = specifier.startsWith(".") && context.parentURL?.endsWith(".ts");
    return next(isSource ? specifier.replace(/\.js$/, ".ts") : specifier, context);
  },
});
