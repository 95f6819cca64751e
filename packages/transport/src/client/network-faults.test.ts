import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { oneSample, startRawServer, transports, unusedUrl } from "../testing/loopback.js";
import { createFixedClient } from "../testing/create-fixed-client.js";

describe.each(transports)("over $transport", ({ fetch }) => {
  test("H8: a port on which nothing listens", async () => {
    const url = await unusedUrl();
    const outcome = await createFixedClient({ url, fetch }).send(oneSample);
    expect(outcome).toMatchObject({
      kind: "retryable",
      reason: "connection_refused",
      status: undefined,
      error: { code: "ECONNREFUSED", reason: "connection_refused", url: `${url}/` },
    });
    expect(outcome).toHaveProperty(
      "error.message",
      `remote write to ${url}/: nothing listens on ${new URL(url).host} (ECONNREFUSED): ` +
        "is the receiver running, and is the port of `url` right?",
    );
  });

  test("H8: a host with several addresses on none of which anything listens", async () => {
    const { port } = new URL(await unusedUrl());
    const outcome = await createFixedClient({ url: `http://localhost:${port}`, fetch }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "retryable", reason: "connection_refused" });
  });

  test("H8: a host name that does not exist", async () => {
    // RFC 6761 keeps .invalid for names that never resolve. Without any name server the answer is EAI_AGAIN.
    const outcome = await createFixedClient({ url: "http://receiver.invalid/", fetch }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "retryable", reason: "host_not_found" });
    expect(outcome).toHaveProperty("error.message", expect.stringContaining("receiver.invalid"));
  });

  test.each<[string, string, (socket: Socket) => void]>([
    [
      "reset before any answer",
      "connection_reset",
      (socket) => socket.once("data", () => socket.resetAndDestroy()),
    ],
    ["end before any answer", "connection_reset", (socket) => socket.once("data", () => socket.end())],
    [
      "wish to switch protocols",
      "connection_reset",
      (socket) => {
        socket.once("data", () => {
          socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
        });
      },
    ],
    [
      "end amid the headers",
      "connection_reset",
      (socket) => socket.once("data", () => socket.end("HTTP/1.1 204 No")),
    ],
    [
      "reset amid the request",
      "connection_reset",
      (socket) => socket.once("data", () => socket.pause().resetAndDestroy()),
    ],
    [
      "answer that is not HTTP",
      "network_error",
      (socket) => socket.once("data", () => socket.end("SSH-2.0-OpenSSH\r\n")),
    ],
    [
      "answer with a broken header",
      "network_error",
      (socket) => socket.once("data", () => socket.end("HTTP/1.1 204 \r\nno colon\r\n\r\n")),
    ],
  ])("H8: %s", async (_, reason, onConnection) => {
    const { url } = await startRawServer(onConnection);
    const codec = { name: "snappy", compress: () => new Uint8Array(1024 * 1024) };
    const outcome = await createFixedClient({ url, fetch, codec }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "retryable", reason, status: undefined });
  });

  test("H8: https to a port that speaks HTTP", async () => {
    const { url } = await startRawServer((socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 400 Bad\r\n\r\n")),
    );
    const https = url.replace("http:", "https:");
    const outcome = await createFixedClient({ url: https, fetch }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "retryable", reason: "network_error" });
    expect(outcome).toHaveProperty("error.message", expect.stringContaining("does not speak TLS"));
  });

  test("an early answer to a large body counts, though the body was not read to its end", async () => {
    const { url } = await startRawServer((socket) => {
      socket.once("data", () =>
        socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
      );
      socket.resume();
    });
    const codec = { name: "snappy", compress: () => new Uint8Array(8 * 1024 * 1024) };
    const outcome = await createFixedClient({ url, fetch, codec }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "refused", reason: "payload_too_large", status: 413 });
  });

  test.each([
    [
      "encode",
      {
        ...oneSample,
        encode: () => {
          throw new RangeError("too long");
        },
      },
      undefined,
    ],
    [
      "compress",
      oneSample,
      {
        name: "snappy",
        compress: () => {
          throw new RangeError("too long");
        },
      },
    ],
    ["nothing", oneSample, { name: "snappy", compress: () => undefined as unknown as Uint8Array }],
  ])("a batch that cannot be made into bytes is refused, not thrown: %s", async (_, batch, codec) => {
    const outcome = await createFixedClient({ url: "http://127.0.0.1:1/", fetch, codec }).send(batch);
    expect(outcome).toMatchObject({ kind: "refused", reason: "encode_failed", status: undefined });
    expect(outcome).toHaveProperty(
      "error.message",
      expect.stringMatching(/encoded as prometheus.WriteRequest/),
    );
    expect(outcome).toHaveProperty("error.cause");
  });
});
