// Ends in the way that its argument says.
const { metrics } = require("@opentelemetry/api");

metrics.getMeter("shop").createCounter("orders").add(3);
const [, , way = "", ...ways] = process.argv;
const wait = setInterval(() => {}, 1000);

/** What the README says to do before the end. */
async function flushAndExit(code) {
  await metrics.getMeterProvider().forceFlush?.();
  process.exit(code);
}

for (const each of [way, ...ways]) {
  const [kind, detail] = each.split("=");
  if (kind === "return") clearInterval(wait);
  if (kind === "exit-code") process.exitCode = Number(detail);
  if (kind === "exit") process.exit(Number(detail));
  if (kind === "flush-and-exit") void flushAndExit(Number(detail));
  if (kind === "flush-uncaught") {
    process.on("uncaughtException", (error) => {
      console.error(error);
      void flushAndExit(1);
    });
  }
  if (kind === "throw") throw new Error("thrown by the application");
  // Asynchronously, as signals come.
  if (kind === "signal") setImmediate(() => process.kill(process.pid, detail));
  if (kind === "handler") process.once("SIGTERM", () => setTimeout(() => process.exit(Number(detail)), 3000));
  if (kind === "ends-by-itself") {
    process.once("SIGTERM", () => {
      process.exitCode = Number(detail);
      clearInterval(wait);
    });
  }
  if (kind === "late-work") {
    process.once("beforeExit", () => setTimeout(() => console.log("done"), Number(detail)));
  }
  if (kind === "before-exit") process.on("beforeExit", () => console.log("beforeExit"));
}
