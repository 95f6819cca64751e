import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { createFixedClient } from "../testing/create-fixed-client.js";
import { oneSample } from "../testing/loopback.js";

/** Answers the first request at once, and the second when it is told, from a thread of its own. */
const server = `
  const { createServer } = require("node:http");
  const { parentPort, workerData } = require("node:worker_threads");
  const flags = new Int32Array(workerData);
  let requests = 0;
  createServer((request, response) => {
    request.resume().on("end", () => {
      if (++requests === 1) return response.writeHead(204).end();
      parentPort.postMessage("asked");
      Atomics.wait(flags, 0, 0);
      response.writeHead(204).end(() => {
        Atomics.store(flags, 1, 1);
        Atomics.notify(flags, 1);
      });
    });
  }).listen(0, "127.0.0.1", function () {
    parentPort.postMessage(this.address().port);
  });
`;

test("an answer that came while the event loop was blocked counts, though the time is over", async () => {
  const timeoutMillis = 2000;
  const shared = new SharedArrayBuffer(12);
  const flags = new Int32Array(shared);
  const worker = new Worker(server, { eval: true, workerData: shared });
  onTestFinished(async () => void (await worker.terminate()));
  const [port] = (await once(worker, "message")) as [number];
  const client = createFixedClient({ url: `http://127.0.0.1:${port}/`, timeoutMillis });
  expect(await client.send(oneSample)).toMatchObject({ kind: "acknowledged" });
  const started = performance.now();
  const outcome = client.send(oneSample);
  await once(worker, "message");
  // Nothing else runs in this thread until the answer is there and the time is over.
  Atomics.store(flags, 0, 1);
  Atomics.notify(flags, 0);
  Atomics.wait(flags, 1, 0);
  Atomics.wait(flags, 2, 0, Math.max(0, started + timeoutMillis - performance.now()) + 50);
  expect(await outcome).toMatchObject({ kind: "acknowledged" });
});
