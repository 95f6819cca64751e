// Calls the handler as Lambda does, with a receiver of ours in the backend's place.
import { startReceiver } from "@otel-remote-write/receiver";

const receiver = await startReceiver();
process.env["REMOTE_WRITE_URL"] = receiver.url;
process.env["AWS_LAMBDA_LOG_STREAM_NAME"] = "2026/11/28/[$LATEST]0123456789abcdef";
const { handler } = await import("./handler.js");

/** @param {string} kind */
async function invoke(kind) {
  const before = receiver.requests.length;
  await handler({ kind });
  const requests = receiver.requests.slice(before);
  const value = receiver.value({ __name__: "invocations_total", kind });
  console.log(`${kind}: answers ${requests.map(({ status }) => status).join(", ")}; stored: ${value}`);
}

await invoke("first");
receiver.answer(503); // the next request fails, and the one after it succeeds
await invoke("retried");
console.log(receiver.find({ __name__: "invocations_total" })[0]?.labels["instance"]);
await receiver.close();
