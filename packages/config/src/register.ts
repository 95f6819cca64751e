// `node --import @otel-remote-write/config/register app.js` loads this before the application. Nothing here may fail: not
// even what it needs may be missing, so that is loaded where the error can be caught, and without waiting, so that
// `--require` works, too.
import { createRequire } from "node:module";

const oldest = [22, 15] as const;

try {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new Error(`it needs Node ${oldest.join(".")} or later, and this is ${process.versions.node}`);
  }
  const load = createRequire(import.meta.url);
  const { startZeroCode } = load("./zero-code/start-zero-code.js") as { startZeroCode: () => void };
  startZeroCode();
} catch (error) {
  const reason = error instanceof Error ? error.message.split("\n")[0] : "unknown error";
  console.error(`otel-remote-write: the application runs without metrics: ${reason}`);
}
