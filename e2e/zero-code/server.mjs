// A server that answers one request, and a counter of its own.
import { once } from "node:events";
import { createServer } from "node:http";
import { metrics } from "@opentelemetry/api";

const server = createServer((_request, response) => {
  metrics.getMeter("shop").createCounter("orders").add(3);
  response.end("ok");
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
if (address === null || typeof address === "string") throw new Error("no port");
const response = await fetch(`http://127.0.0.1:${address.port}/cart`);
console.log(await response.text());
server.close();
