// What keeps a Node process alive: a pending flush or shutdown, and nothing else (E7, E15). Each script is a process of its own.
import { fileURLToPath } from "node:url";
import { type Answer, type Receiver, startReceiver } from "@otel-remote-write/receiver";
import { expect, it, onTestFinished } from "vitest";
import { runProgram, successfulOutput } from "./programs/run-program.js";

/** Runs a script that has `remoteWrite`, with something recorded. Its output is what it printed, and `end`. */
async function runScript(url: string, options: string, body: string): Promise<string> {
  const script = `
    import { startRemoteWrite } from "@otel-remote-write/exporter";
    const remoteWrite = startRemoteWrite({ url: ${JSON.stringify(url)}, ${options} });
    remoteWrite.meterProvider.getMeter("script").createCounter("runs").add(1);
    process.on("exit", () => console.log("end"));
    process.on("unhandledRejection", (error) => console.log("unhandled", error));
    ${body}
  `;
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const run = await runProgram(process.execPath, ["--input-type=module", "--eval", script], { cwd });
  return successfulOutput(run);
}

async function start(...answers: readonly Answer[]): Promise<Receiver> {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  receiver.answer(...answers);
  return receiver;
}

/** Where nothing listens. */
const deadUrl = "http://127.0.0.1:1/api/v1/write";

const flush = `await remoteWrite.forceFlush(); console.log("flushed");`;
const shutDown = `await remoteWrite.shutdown(); console.log("shut down");`;

it.each<[string, readonly Answer[]]>([
  ["takes it at once", []],
  ["is down for a moment", [503, 503, 503]],
  ["limits the rate", [429]],
  ["limits the rate, and asks for minutes", [{ status: 429, headers: { "Retry-After": "240" } }]],
  ["resets the connection first", [{ fault: "refuse" }, { fault: "reset" }]],
  ["hangs first", [{ fault: "stall" }]],
  ["takes its time", [{ status: 204, after: 700 }]],
])("a script that ends with a flush delivers to a receiver that %s", async (_, answers) => {
  const receiver = await start(...answers);
  expect(await runScript(receiver.url, "timeoutMillis: 1500", flush)).toBe("flushed\nend\n");
  expect(receiver.value({ __name__: "runs_total" })).toBe(1);
  expect(receiver.violations).toEqual([]);
});

it.each<[string, Answer | undefined]>([
  ["hangs", { fault: "stall" }],
  ["is down", undefined],
  ["always answers 503", 503],
  ["always asks for minutes", { status: 503, headers: { "Retry-After": "240" } }],
])("a flush, and a shutdown after it, end where the receiver %s", async (_, answer) => {
  const receiver = answer === undefined ? undefined : await start();
  receiver?.answerEvery(answer);
  const url = receiver?.url ?? deadUrl;
  const body = `
    ${flush}
    ${shutDown}
    ${shutDown}
    const { queue, dropped, unconfirmed } = remoteWrite.stats();
    console.log(queue.samples, (dropped.shutdown ?? 0) + unconfirmed > 0);
  `;
  const output = await runScript(url, "timeoutMillis: 500", body);
  expect(output).toBe("flushed\nshut down\nshut down\n0 true\nend\n");
});

it.each<[string, Answer | undefined]>([
  ["hangs", { fault: "stall" }],
  ["is down", undefined],
  ["asks for minutes", { status: 503, headers: { "Retry-After": "240" } }],
])("a script that waits for nothing ends where the receiver %s", async (_, answer) => {
  const receiver = answer === undefined ? undefined : await start();
  receiver?.answerEvery(answer);
  const url = receiver?.url ?? deadUrl;
  // Long enough for a few exports.
  const body = "await new Promise((resolve) => setTimeout(resolve, 400));";
  expect(await runScript(url, "exportIntervalMillis: 100", body)).toBe("end\n");
});

it("a script that is idle after a flush ends, with connections kept alive", async () => {
  const receiver = await start();
  const body = `${flush} ${flush} console.log(remoteWrite.stats().queue.samples);`;
  expect(await runScript(receiver.url, "", body)).toBe("flushed\nflushed\n0\nend\n");
});

it("a function that is called again and again delivers with each flush", async () => {
  const receiver = await start(503);
  const body = `
    const counter = remoteWrite.meterProvider.getMeter("script").createCounter("calls");
    for (let call = 0; call < 3; call++) {
      counter.add(1);
      await remoteWrite.forceFlush();
    }
  `;
  expect(await runScript(receiver.url, "", body)).toBe("end\n");
  const [series] = receiver.find({ __name__: "calls_total" });
  expect(series?.samples.map(({ value }) => value)).toEqual([1, 2, 3]);
});
