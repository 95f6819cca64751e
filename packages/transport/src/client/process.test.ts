import { expect, test } from "vitest";
import { startServer } from "../testing/loopback.js";
import { runScript } from "../testing/run-script.js";

const send = `
  const oneSample = { counts: { samples: 1, histograms: 0, exemplars: 0 }, encode: () => new Uint8Array() };
  const sent = client.send(oneSample).then((outcome) => console.log(outcome.kind, outcome.reason ?? ""));
`;

function clientOf(url: string, options = ""): string {
  const message = `protobufMessage: "prometheus.WriteRequest"`;
  return `const client = createRemoteWriteClient({ url: ${JSON.stringify(url)}, ${message}, ${options} });`;
}

test("H16: a request under way does not keep the process alive", async () => {
  const { url, requests } = await startServer(() => {});
  // Its time is over long after this test has failed.
  const child = await runScript(`${clientOf(url, "timeoutMillis: 600_000")} ${send}`);
  expect(child).toEqual({ code: 0, output: "" });
  expect(requests.length).toBeLessThanOrEqual(1);
});

test("H16: neither does an idle connection", async () => {
  const { url } = await startServer((response) => response.writeHead(204).end());
  const child = await runScript(`${clientOf(url)} client.ref(); ${send} await sent; client.unref();`);
  expect(child).toEqual({ code: 0, output: "acknowledged \n" });
});

test("E15: with ref it does, until the answer", async () => {
  const { url } = await startServer((response) => setTimeout(() => response.writeHead(204).end(), 300));
  const child = await runScript(`${clientOf(url)} client.ref(); ${send}`);
  expect(child).toEqual({ code: 0, output: "acknowledged \n" });
});

test("E15: with ref after it began too, and at most as long as an attempt may take", async () => {
  const { url } = await startServer(() => {});
  const child = await runScript(`${clientOf(url, "timeoutMillis: 300")} ${send} client.ref();`);
  expect(child).toEqual({ code: 0, output: "retryable timeout\n" });
});

test("E15: calls of ref are counted", async () => {
  const { url } = await startServer(() => {});
  const twice = `client.ref(); client.ref(); client.unref();`;
  const held = await runScript(`${clientOf(url, "timeoutMillis: 300")} ${twice} ${send}`);
  expect(held.output).toBe("retryable timeout\n");
  const released = `${clientOf(url, "timeoutMillis: 600_000")} ${twice} ${send} client.unref(); client.unref();`;
  expect(await runScript(released)).toEqual({ code: 0, output: "" });
});
