// H13: our own requests make no spans and are not counted, and the application's are. In processes of their own, with the
// real instrumentation of http and fetch, loaded as users load it.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { startReceiver } from "@otel-remote-write/receiver";
import { describe, expect, it, onTestFinished } from "vitest";
import { runProgram, successfulOutput } from "./programs/run-program.js";

const folder = fileURLToPath(new URL("instrumentation", import.meta.url));

/** What an application says at its end. */
interface Told {
  readonly spans: readonly string[];
  readonly counted: readonly (readonly [address: string, requests: number])[];
  readonly retries: number;
  readonly acknowledged: number;
}

/** A server that the application asks for something. */
async function startOther(): Promise<{ url: string; address: string; requests: () => number }> {
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response.end("something");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, address: `127.0.0.1:${port}`, requests: () => requests };
}

async function start() {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  receiver.answer(503);
  const own = await startOther();
  const tokens = await startOther();
  return { receiver, own, tokens };
}

async function run(flags: readonly string[], scenario: object, env: NodeJS.ProcessEnv = {}): Promise<Told> {
  const settings = { SCENARIO: JSON.stringify(scenario), ...env };
  const child = await runProgram(process.execPath, flags, { cwd: folder, env: settings });
  return JSON.parse(successfulOutput(child)) as Told;
}

const loadings: [name: string, flags: readonly string[]][] = [
  ["ESM", ["--import", "./set-up.mjs", "application.mjs"]],
  ["CommonJS", ["--require", "./set-up.cjs", "application.cjs"]],
];

describe.each(loadings)("with instrumentation, as %s", (_, flags) => {
  it("requests over node:http are neither traced nor counted, nor are retries", async () => {
    const { receiver, own } = await start();
    const told = await run(flags, { receiverUrl: receiver.url, ownUrl: own.url });
    expect(told).toEqual({
      spans: [own.address, own.address],
      counted: [
        [own.address, 1],
        [own.address, 1],
      ],
      retries: 1,
      acknowledged: 4,
    });
    expect(receiver.requests).toHaveLength(3);
    expect(receiver.requests.filter(({ headers }) => "traceparent" in headers)).toEqual([]);
  });

  it("requests over fetch, and those of an auth plugin, are not traced", async () => {
    const { receiver, own, tokens } = await start();
    const scenario = { receiverUrl: receiver.url, tokenUrl: tokens.url, ownUrl: own.url, ownFetch: true };
    const told = await run(flags, scenario);
    expect(told).toMatchObject({ spans: [own.address, own.address], retries: 1, acknowledged: 4 });
    expect(tokens.requests()).toBe(3);
    expect(receiver.requests.filter(({ headers }) => "traceparent" in headers)).toEqual([]);
  });

  it("where instrumentation of fetch leaves out what is not to be traced, they are not counted either", async () => {
    const { receiver, own, tokens } = await start();
    const scenario = { receiverUrl: receiver.url, tokenUrl: tokens.url, ownUrl: own.url, ownFetch: true };
    const { counted } = await run(flags, scenario, { IGNORE_SUPPRESSED: "true" });
    expect(counted).toEqual([
      [own.address, 1],
      [own.address, 1],
    ]);
    expect(receiver.requests).toHaveLength(3);
  });
});
