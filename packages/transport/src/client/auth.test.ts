import type { AuthPlugin, AuthRequest } from "@otel-remote-write/auth";
import { describe, expect, test } from "vitest";
import { oneSample, startServer, transports } from "../testing/loopback.js";
import { snappyDecode } from "../testing/snappy-decode.js";
import { createFixedClient } from "../testing/create-fixed-client.js";

/** A plugin that gives what it is told to, and remembers what it was asked. */
function plugin(
  authorize: AuthPlugin["authorize"],
  onUnauthorized?: AuthPlugin["onUnauthorized"],
): AuthPlugin & { asked: AuthRequest[] } {
  const asked: AuthRequest[] = [];
  return {
    name: "test",
    asked,
    authorize(request) {
      asked.push(request);
      return authorize(request);
    },
    ...(onUnauthorized === undefined ? {} : { onUnauthorized }),
  };
}

describe.each(transports)("over $transport", ({ fetch }) => {
  test("A1: the plugin sees the request as it goes out", async () => {
    const { url, requests } = await startServer((response) => response.writeHead(204).end());
    const auth = plugin(() => ({ Authorization: "Bearer abc" }));
    const headers = { "X-Scope-OrgID": "tenant-1" };
    await createFixedClient({ url: `${url}/write?a=b`, fetch, auth, headers }).send(oneSample);
    const [asked] = auth.asked;
    expect(asked?.method).toBe("POST");
    expect(asked?.url.href).toBe(`${url}/write?a=b`);
    expect(Buffer.compare(asked?.body ?? Buffer.of(), requests[0]?.body ?? Buffer.of(0))).toBe(0);
    expect(new TextDecoder().decode(snappyDecode(asked?.body ?? Buffer.of()))).toBe("encoded batch");
    expect(requests[0]?.headers).toMatchObject({ ...asked?.headers, authorization: "Bearer abc" });
    expect(Object.keys(asked?.headers ?? {}).toSorted()).toEqual([
      "content-encoding",
      "content-type",
      "user-agent",
      "x-prometheus-remote-write-version",
      "x-scope-orgid",
    ]);
  });

  test("A1: it is asked for every attempt, with its number", async () => {
    const { url, requests } = await startServer((response) => response.writeHead(503).end());
    let token = 0;
    const auth = plugin(async () => Promise.resolve({ authorization: `Bearer ${++token}` }));
    const client = createFixedClient({ url, fetch, auth });
    for (const attempt of [0, 1, 2]) await client.send(oneSample, { attempt });
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer 1",
      "Bearer 2",
      "Bearer 3",
    ]);
    expect(auth.asked.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  test("A1: it may set authorization, x-amz-* and headers that nobody reserves", async () => {
    const { url, requests } = await startServer((response) => response.writeHead(204).end());
    const given = {
      authorization: "AWS4-HMAC-SHA256 …".replace("…", "x"),
      "X-Amz-Date": "20261123T120000Z",
      "x-amz-security-token": "session",
      "x-amz-content-sha256": "0123",
      "X-Api-Key": "key",
    };
    const auth = plugin(() => given);
    await createFixedClient({ url, fetch, auth, headers: { "X-Own": "mine" } }).send(oneSample);
    const lower = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
    );
    expect(requests[0]?.headers).toMatchObject({ ...lower, "x-own": "mine" });
  });

  test.each([
    ["content-type", { "Content-Type": "text/plain" }],
    ["User-Agent", { "User-Agent": "other" }],
    ["Content-Encoding", { "CONTENT-ENCODING": "gzip" }],
    ["Content-Length", { "content-length": "0" }],
    ["Host", { host: "elsewhere" }],
    ["Retry-Attempt", { "retry-attempt": "7" }],
    ["`headers` sets as well", { "x-own": "stolen" }],
    ["not a header name", { "a b": "c" }],
    ["control character", { authorization: "Bearer marker-secret\n" }],
    ["got a number", { authorization: 5 as unknown as string }],
    ["twice", { "X-Key": "1", "x-key": "2" }],
    ["no headers", undefined as unknown as Record<string, string>],
    ["no headers", "Bearer marker-secret" as unknown as Record<string, string>],
  ])("W2.5: a result that it must not give is a failed attempt: %s", async (what, given) => {
    const { url, requests } = await startServer((response) => response.writeHead(204).end());
    const headers = { "X-Own": "mine" };
    const outcome = await createFixedClient({ url, fetch, headers, auth: plugin(() => given) }).send(
      oneSample,
    );
    expect(outcome).toMatchObject({ kind: "retryable", reason: "auth_failed", status: undefined });
    const { message } = (outcome as { error: Error }).error;
    expect(message.toLowerCase()).toContain(what.toLowerCase());
    expect(message).toContain('the auth plugin "test" failed');
    expect(message).not.toContain("marker-secret");
    expect(requests).toEqual([]);
  });

  test.each<[string, AuthPlugin["authorize"], string]>([
    [
      "throws",
      () => {
        throw new Error("no file /run/token");
      },
      "no file /run/token",
    ],
    ["rejects", async () => Promise.reject(new Error("no file /run/token")), "no file /run/token"],
    ["rejects with a text", async () => Promise.reject("offline"), "offline"],
    ["rejects with nothing", async () => Promise.reject(undefined), "without saying why"],
    ["never settles", async () => new Promise(() => {}), "no headers within 50 ms"],
  ])("a plugin that %s is a failed attempt worth a retry", async (_, authorize, text) => {
    const { url, requests } = await startServer((response) => response.writeHead(204).end());
    const auth = plugin(authorize);
    const outcome = await createFixedClient({ url, fetch, auth, timeoutMillis: 50 }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "retryable", reason: "auth_failed" });
    expect(outcome).toHaveProperty("error.message", expect.stringContaining(text));
    expect(requests).toEqual([]);
  });

  test("it sees the deadline of the attempt", async () => {
    const auth = plugin(async ({ signal }) => {
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(new Error("stopped")));
      });
    });
    const url = "http://127.0.0.1:1/";
    const outcome = await createFixedClient({ url, fetch, auth, timeoutMillis: 20 }).send(oneSample);
    expect(outcome).toHaveProperty("reason", "auth_failed");
    expect(auth.asked[0]?.signal.aborted).toBe(true);
  });

  test("changing the URL or the headers that it is given does nothing", async () => {
    const { url, requests } = await startServer((response) => response.writeHead(204).end());
    const auth = plugin((request) => {
      request.url.pathname = "/changed";
      (request.headers as Record<string, string>)["user-agent"] = "changed";
      return {};
    });
    await createFixedClient({ url: `${url}/write`, fetch, auth }).send(oneSample);
    expect(requests[0]?.target).toBe("/write");
    expect(requests[0]?.headers["user-agent"]).toMatch(/^otel-remote-write\//);
  });
});
