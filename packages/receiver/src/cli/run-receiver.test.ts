import { expect, test } from "vitest";
import { block, encodeV1, postV1, upV1 } from "../testing/messages.js";
import { useReceiver } from "../testing/use-receiver.js";
import { runReceiver } from "./run-receiver.js";

const other = useReceiver();

/** Runs the program with arguments, and something to do once it has said where it listens. */
async function run(
  args: string[],
  use?: (url: string) => Promise<void>,
): Promise<{ code: number; output: string[]; errors: string[] }> {
  const output: string[] = [];
  const errors: string[] = [];
  const stop = Promise.withResolvers<void>();
  const listening = Promise.withResolvers<string>();
  const exit = runReceiver(args, {
    print: (text) => {
      output.push(...text.split("\n"));
      const url = /remote write to (\S+)/.exec(text)?.[1];
      if (url !== undefined) listening.resolve(url);
    },
    printError: (text) => errors.push(text),
    stopped: stop.promise,
  });
  if (use !== undefined) await use(await listening.promise);
  stop.resolve();
  return { code: await exit, output, errors };
}

async function sendGoodAndBad(url: string): Promise<void> {
  await postV1(url, upV1([1_000, 1]));
  await postV1(url, upV1([3_000, 1], [2_000, 1]));
}

test("it prints the URL, a line per request with what it breaks, and a summary", async () => {
  const { code, output, errors } = await run(["--port", "0"], sendGoodAndBad);
  expect([code, errors]).toEqual([0, []]);
  const good = encodeV1(upV1([1_000, 1]));
  expect(output[0]).toMatch(/^remote write to http:\/\/127\.0\.0\.1:\d+\/api\/v1\/write$/);
  expect(output.slice(2).map((line) => line.replace(/^\d\d:\d\d:\d\d/, "12:00:00"))).toEqual([
    `12:00:00  #1  204  1.0  1 series, 1 sample  ${block(good).length} B (${good.length} B decompressed)`,
    expect.stringMatching(
      /^12:00:00 {2}#2 {2}400 {2}1\.0 {2}1 series, 2 samples {2}\d+ B \(\d+ B decompressed\)$/,
    ),
    "  breaks W1.18: series up: timestamp 2000 stands after 3000",
    "2 requests: 2 series, 3 samples; 1 violation, 0 warnings",
  ]);
});

test("--quiet prints only requests that break a rule", async () => {
  const { output } = await run(["--port", "0", "--quiet"], sendGoodAndBad);
  expect(output.filter((line) => line.includes("#"))).toEqual([expect.stringContaining("#2")]);
});

test("--accept takes only that message", async () => {
  const accept = "io.prometheus.write.v2.Request";
  const { output } = await run(["--port", "0", "--accept", accept], async (url) => {
    expect((await postV1(url, upV1([1_000, 1]))).status).toBe(415);
  });
  expect(output.some((line) => line.includes("#1  415"))).toBe(true);
});

test("a wrong path shows in the line of its request, without its query", async () => {
  const { output } = await run(["--port", "0"], async (url) => {
    await postV1(`${url}/x?token=s3cret`, upV1([1_000, 1]));
  });
  expect(output.find((line) => line.includes("#1"))).toContain("404");
  expect(output.find((line) => line.includes("#1"))).toMatch(/\/api\/v1\/write\/x$/);
});

test("control characters of a sender do not reach the terminal", async () => {
  const { output } = await run(["--port", "0"], async (url) => {
    await postV1(url, { timeseries: [{ labels: [{ name: "__name__", value: "\u001B[31m\u009B" }] }] });
  });
  const line = output.find((text) => text.includes("W1.15"));
  expect(line).toContain(String.raw`\u001b[31m\u{9b}`);
});

test("--help and --version", async () => {
  const help = await run(["--help"]);
  expect([help.code, help.output[0]]).toEqual([0, "Usage: otel-remote-write-receiver [options]"]);
  const version = await run(["--version"]);
  expect([version.code, version.output]).toEqual([0, [expect.stringMatching(/^\d+\.\d+\.\d+/)]]);
});

test.each([
  [["--port", "abc"], '--port: "abc" is not a port, use 0 to 65535'],
  [["--port", "65536"], '--port: "65536" is not a port, use 0 to 65535'],
  [["--accept", "2"], '--accept: "2" is not one of prometheus.WriteRequest, io.prometheus.write.v2.Request'],
  [["--prot", "1"], "Unknown option '--prot'"],
  [["extra"], "Unexpected argument 'extra'"],
])("%o is one line and exit code 2", async (args, message) => {
  const { code, output, errors } = await run(args);
  expect([code, output]).toEqual([2, []]);
  expect(errors).toEqual([expect.stringContaining(message)]);
  expect(errors[0]).not.toContain("\n");
});

test("a port in use is one line and exit code 1", async () => {
  const { code, errors } = await run(["--port", String(other().port)]);
  expect([code, errors]).toEqual([
    1,
    [`otel-remote-write-receiver: port ${other().port} is in use, choose another with --port`],
  ]);
});
