// Shows the service without a backend: starts it with a receiver of ours in the backend's place, visits it, ends it, and
// prints some of what has arrived.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { startReceiver } from "@otel-remote-write/receiver";
import { visit } from "./visitors.js";

const receiver = await startReceiver();
const app = spawn(process.execPath, ["app.js"], {
  cwd: import.meta.dirname,
  env: { ...process.env, PORT: "0", REMOTE_WRITE_URL: receiver.url },
  stdio: ["ignore", "pipe", "inherit"],
});
const [line] = await once(createInterface(app.stdout), "line");
const port = /port (\d+)/.exec(line)?.[1];
for (let i = 0; i < 5; i++) await visit(`http://127.0.0.1:${port}`);
app.kill("SIGTERM");
const [exitCode] = await once(app, "close");

for (const name of [
  "http_server_request_duration_seconds_count",
  "shop_orders_total",
  "shop_revenue_EUR_total",
]) {
  for (const { labels, samples } of receiver.find({ __name__: name })) {
    const shown = ["http_route", "http_response_status_code", "payment_method", "outcome"]
      .filter((label) => label in labels)
      .map((label) => `${label}="${labels[label]}"`);
    console.log(`${name}{${shown.join(", ")}} ${samples.at(-1)?.value}`);
  }
}
console.log(`exit code ${exitCode}, broken rules: ${receiver.violations.length}`);
await receiver.close();
