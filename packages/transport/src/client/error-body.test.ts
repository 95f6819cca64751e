import { describe, expect, test } from "vitest";
import { oneSample, startRawServer, startServer, transports } from "../testing/loopback.js";
import type { Outcome } from "../outcome/outcome.js";
import { createFixedClient } from "../testing/create-fixed-client.js";

function messageOf(outcome: Outcome): string {
  if (outcome.kind === "acknowledged") throw new Error("acknowledged");
  return outcome.error.message;
}

/** Resolves when the other side closes the connection. */
function closed(socket: { once(event: "close", listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => {
    socket.once("close", () => resolve());
  });
}

describe.each(transports)("over $transport", ({ fetch }) => {
  async function shown(body: string | Uint8Array, status = 400): Promise<string> {
    const { url } = await startServer((response) => response.writeHead(status).end(body));
    const message = messageOf(await createFixedClient({ url, fetch }).send(oneSample));
    return /The receiver says: "(.*)"$/s.exec(message)?.[1] ?? "";
  }

  test("W1.17 W2.12 H9: the receiver's words are shown as they came", async () => {
    const words = 'out of order sample: series={__name__="up"} \\ "quoted" é 日本 🙂';
    expect(await shown(words)).toBe(words);
    expect(await shown(words, 500)).toBe(words);
  });

  test("W1.17: they are never interpreted", async () => {
    const { url } = await startServer((response) =>
      response.writeHead(400).end("retry later: 503 too many requests"),
    );
    const outcome = await createFixedClient({ url, fetch }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "refused", reason: "bad_request" });
  });

  test("H9: control characters and marks of direction are escaped, a line break at the end goes", async () => {
    expect(await shown("a\nb\r\tc\u001b[31m\u0000\u007f\u0085\u2028\u202e!\n")).toBe(
      "a\\nb\\r\\tc\\x1b[31m\\x00\\x7f\\x85\\u2028\\u202e!",
    );
  });

  test.each([
    [1024, "x".repeat(1024)],
    [1025, `${"x".repeat(1024)}…`],
    [1_000_000, `${"x".repeat(1024)}…`],
  ])("H9: of %d bytes the first 1,024 are shown", async (length, text) => {
    expect(await shown("x".repeat(length))).toBe(text);
  });

  test("H9: a character cut in two at the limit is left out", async () => {
    expect(await shown(`${"x".repeat(1022)}日日`)).toBe(`${"x".repeat(1022)}…`);
  });

  test("bytes that are no UTF-8 do no harm", async () => {
    expect(await shown(Uint8Array.of(0xff, 0x41, 0xc3))).toBe("\ufffdA\ufffd");
  });

  test("H9: an endless body of an error is cut off", async () => {
    let ended: Promise<void> | undefined;
    const { url } = await startServer((response, { socket }) => {
      ended = closed(socket);
      response.writeHead(500);
      const more = (): void => {
        if (!response.destroyed) response.write("x".repeat(10_000), () => setImmediate(more));
      };
      more();
    });
    const outcome = await createFixedClient({ url, fetch, timeoutMillis: 60_000 }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "retryable", reason: "server_error", status: 500 });
    await ended;
  });

  test("W1.7 W2.11: an endless body of a success is ignored and cut off", async () => {
    let ended: Promise<void> | undefined;
    const { url } = await startServer((response, { socket }) => {
      ended = closed(socket);
      response.writeHead(200);
      const more = (): void => {
        if (!response.destroyed) response.write("x".repeat(10_000), () => setImmediate(more));
      };
      more();
    });
    const outcome = await createFixedClient({ url, fetch, timeoutMillis: 60_000 }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "acknowledged", status: 200 });
    await ended;
  });

  test("H9: a body that never ends does not hold the outcome longer than the attempt", async () => {
    const { url } = await startServer((response) =>
      response.writeHead(503, { "retry-after": "4" }).write("busy"),
    );
    const outcome = await createFixedClient({ url, fetch, timeoutMillis: 1500 }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "retryable", reason: "server_error", retryAfterMillis: 4000 });
    expect(messageOf(outcome)).toContain('"busy…"');
  });

  test("W1.7: a success whose body never ends is one all the same, and the connection is given up", async () => {
    let ended: Promise<void> | undefined;
    const { url } = await startServer((response, { socket }) => {
      ended = closed(socket);
      response.writeHead(200).write("and then");
    });
    const outcome = await createFixedClient({ url, fetch, timeoutMillis: 60_000 }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "acknowledged" });
    await ended;
  });

  test("a connection that breaks amid the body does not change what the status said", async () => {
    const { url } = await startRawServer((socket) => {
      socket.once("data", () => {
        const status = "HTTP/1.1 400 Bad Request\r\nContent-Length: 100\r\n\r\nout of order";
        socket.end(status);
      });
    });
    const outcome = await createFixedClient({ url, fetch }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "refused", reason: "bad_request", status: 400 });
  });
});
