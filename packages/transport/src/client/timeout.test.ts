import { describe, expect, test } from "vitest";
import { oneSample, startRawServer, startServer, transports } from "../testing/loopback.js";
import { holdTime } from "../testing/hold-time.js";
import type { Fetch } from "../http/fetch-http.js";
import { createFixedClient } from "../testing/create-fixed-client.js";

const timedOut = { kind: "retryable", reason: "timeout", status: undefined };

describe.each(transports)("over $transport", ({ fetch }) => {
  test("H8: a server that takes the request and never answers", async () => {
    const { url } = await startServer(() => {});
    const outcome = await createFixedClient({ url, fetch, timeoutMillis: 50 }).send(oneSample);
    expect(outcome).toMatchObject(timedOut);
    expect(outcome).toHaveProperty("error.message", expect.stringContaining("no answer within 50 ms"));
  });

  test("H8: a server that drips its headers without an end", async () => {
    const { url } = await startRawServer((socket) => {
      socket.write("HTTP/1.1 204 No Content\r\n");
      let number = 0;
      const timer = setInterval(() => socket.write(`X-${number++}: y\r\n`), 10);
      socket.on("close", () => clearInterval(timer));
    });
    const outcome = await createFixedClient({ url, fetch, timeoutMillis: 100 }).send(oneSample);
    expect(outcome).toMatchObject(timedOut);
  });

  test("H8: a server that never reads a large body", async () => {
    const { url } = await startRawServer((socket) => socket.pause());
    const codec = { name: "snappy", compress: () => new Uint8Array(16 * 1024 * 1024) };
    const outcome = await createFixedClient({ url, fetch, codec, timeoutMillis: 100 }).send(oneSample);
    expect(outcome).toMatchObject(timedOut);
  });

  test("the connection of a request that timed out is closed", async () => {
    let closed: Promise<void> | undefined;
    const pass = holdTime();
    const { url } = await startServer((_, { socket }) => {
      closed = new Promise((resolve) => {
        socket.once("close", () => resolve());
      });
      pass(10_000);
    });
    await createFixedClient({ url, fetch, timeoutMillis: 10_000 }).send(oneSample);
    expect(closed).toBeDefined();
    await closed;
  });

  test("the caller's signal ends a request", async () => {
    const controller = new AbortController();
    const { url } = await startServer(() => controller.abort(new Error("marker-secret")));
    const client = createFixedClient({ url, fetch, timeoutMillis: 60_000 });
    const outcome = await client.send(oneSample, { signal: controller.signal });
    expect(outcome).toMatchObject({ kind: "aborted", error: { reason: "aborted" } });
    expect(outcome).toHaveProperty("error.message", expect.stringContaining("aborted by the caller"));
  });

  test("the caller's signal ends waiting for auth", async () => {
    const controller = new AbortController();
    const auth = {
      name: "slow",
      authorize: async () => {
        controller.abort();
        return new Promise<Record<string, string>>(() => {});
      },
    };
    const client = createFixedClient({
      url: "http://127.0.0.1:1/",
      fetch,
      auth,
      timeoutMillis: 60_000,
    });
    expect(await client.send(oneSample, { signal: controller.signal })).toMatchObject({ kind: "aborted" });
  });

  test("a signal that is aborted already sends and encodes nothing", async () => {
    const { url, requests } = await startServer((response) => response.writeHead(204).end());
    let encoded = 0;
    const batch = { ...oneSample, encode: () => new Uint8Array(++encoded) };
    const client = createFixedClient({ url, fetch });
    expect(await client.send(batch, { signal: AbortSignal.abort() })).toMatchObject({ kind: "aborted" });
    expect(requests).toEqual([]);
    expect(encoded).toBe(0);
  });

  test("an abort after the answer changes nothing", async () => {
    const controller = new AbortController();
    const { url } = await startServer((response) => response.writeHead(204).end());
    const client = createFixedClient({ url, fetch });
    const outcome = await client.send(oneSample, { signal: controller.signal });
    controller.abort();
    expect(outcome).toMatchObject({ kind: "acknowledged" });
    expect(await client.send(oneSample)).toMatchObject({ kind: "acknowledged" });
  });
});

test.each<[string, Fetch]>([
  ["ignores the signal", async () => new Promise<Response>(() => {})],
  [
    "answers with a body that ignores it",
    async () => Promise.resolve(new Response(new ReadableStream(), { status: 500 })),
  ],
])("a fetch that %s is still bounded in time", async (_, fetch) => {
  const client = createFixedClient({ url: "http://localhost/", fetch, timeoutMillis: 50 });
  expect(await client.send(oneSample)).toHaveProperty("kind", "retryable");
});
