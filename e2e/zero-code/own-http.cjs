// A server with an HTTP instrumentation of its own, as applications with traces have it.
const { HttpInstrumentation } = require("@opentelemetry/instrumentation-http");

const own = new HttpInstrumentation();
if (process.argv.includes("disabled")) own.disable();
// As a server that starts afterwards.
module.exports = require("./server.cjs");
