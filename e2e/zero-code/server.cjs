// As server.mjs, in CommonJS.
const { createServer, get } = require("node:http");
const { metrics } = require("@opentelemetry/api");

const server = createServer((_request, response) => {
  metrics.getMeter("shop").createCounter("orders").add(3);
  response.end("ok");
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  get(`http://127.0.0.1:${address.port}/cart`, { agent: false }, (response) => {
    response.on("data", (text) => console.log(String(text)));
    response.on("end", () => server.close());
  });
});
