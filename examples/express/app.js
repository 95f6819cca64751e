// The service: `node app.js`. It listens on PORT and pushes to REMOTE_WRITE_URL.
import { remoteWrite } from "./telemetry.js";
import { metrics } from "@opentelemetry/api";
import express from "express";
import { httpMetrics } from "./http-metrics.js";
import { observeProcess } from "./process-metrics.js";

const meter = metrics.getMeter("shop");
const orders = meter.createCounter("shop.orders", {
  unit: "{order}",
  description: "Orders, accepted or not.",
});
const revenue = meter.createCounter("shop.revenue", {
  unit: "EUR",
  description: "Value of accepted orders.",
});

observeProcess();
let received = 0;

const app = express();
app.use(httpMetrics);
app.get("/products", (_request, response) => {
  response.json([{ id: "1", name: "espresso", price: 2.5 }]);
});
app.get("/products/:id", (request, response) => {
  response.json({ id: request.params.id, name: "espresso", price: 2.5 });
});
app.post("/orders", (request, response) => {
  const payment = request.query["payment"] === "invoice" ? "invoice" : "card";
  // The bank does not answer every tenth time.
  received += 1;
  const isAccepted = received % 10 !== 0;
  orders.add(1, { "payment.method": payment, outcome: isAccepted ? "accepted" : "failed" });
  if (isAccepted) revenue.add(2.5, { "payment.method": payment });
  response.status(isAccepted ? 201 : 503).end();
});

// Without HOST it is reached from this machine only.
const server = app.listen(Number(process.env["PORT"] ?? 3001), process.env["HOST"] ?? "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  console.log(`The shop listens on port ${port}.`);
});

/** Answers what has come in, sends the last metrics, and lets the process end. */
async function stop() {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
  });
  await remoteWrite.shutdown();
}
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void stop());
