import { describe, expect, test } from "vitest";
import { oneSample, startRawServer, startServer, transports } from "../testing/loopback.js";
import type { Outcome } from "../outcome/outcome.js";
import { createFixedClient } from "../testing/create-fixed-client.js";

/** What the brief of the outcome says, status by status; written apart from the code. */
function expected(status: number): string {
  const named: Record<number, string> = {
    400: "refused bad_request",
    401: "refused unauthorized",
    403: "refused forbidden",
    404: "refused not_found",
    405: "refused method_not_allowed",
    409: "refused conflict",
    413: "refused payload_too_large",
    415: "refused unsupported_media_type",
    429: "retryable too_many_requests",
  };
  const byHundreds = ["acknowledged", "refused redirect", "refused client_error", "retryable server_error"];
  return named[status] ?? byHundreds[Math.floor(status / 100) - 2] ?? "";
}

/** The status and what was made of it. An outcome and its error must say the same. */
function outcomeOf(outcome: Outcome): string {
  if (outcome.kind === "aborted") return "aborted";
  if (outcome.kind === "acknowledged") return `${outcome.status} acknowledged`;
  const { kind, reason, status, error } = outcome;
  return error.status === status && error.reason === reason
    ? `${status} ${kind} ${reason}`
    : "a different error";
}

// The Fetch standard makes a network error of 407: a fetch outside of a browser's window never shows it.
const hiddenByFetch = 407;

const all = Array.from({ length: 400 }, (_, index) => 200 + index);

describe.each(transports)("over $transport", ({ transport, fetch }) => {
  test("H4 W1.20 W1.21 W2.18 to W2.22: every status from 200 to 599 has its outcome", async () => {
    const { url } = await startServer((response, { target }) =>
      response.writeHead(Number(target.slice(1))).end(),
    );
    const statuses = transport === "fetch" ? all.filter((status) => status !== hiddenByFetch) : all;
    const outcomes: string[] = [];
    const errors: string[] = [];
    for (const status of statuses) {
      const outcome = await createFixedClient({ url: `${url}/${status}`, fetch }).send(oneSample);
      outcomes.push(outcomeOf(outcome));
      errors.push(outcome.kind === "acknowledged" ? "" : outcome.error.message);
    }
    expect(outcomes).toEqual(statuses.map((status) => `${status} ${expected(status)}`));
    const prefixLength = `remote write to ${url}/200: 200`.length;
    const beginnings = errors.filter((text) => text !== "").map((text) => text.slice(0, prefixLength));
    const failures = statuses.filter((status) => status >= 300);
    expect(beginnings).toEqual(failures.map((status) => `remote write to ${url}/${status}: ${status}`));
  });

  test("H4: a status beyond 599 counts as a 5xx, as RFC 9110 says", async () => {
    const { url } = await startRawServer((socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 777 Odd\r\nContent-Length: 0\r\n\r\n"));
    });
    const outcome = await createFixedClient({ url, fetch }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "retryable", reason: "server_error", status: 777 });
  });

  test("an informational response is not the answer", async () => {
    const { url } = await startRawServer((socket) => {
      socket.once("data", () => {
        socket.end("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
      });
    });
    const outcome = await createFixedClient({ url, fetch }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "acknowledged", status: 204 });
  });

  test.each([301, 302, 303, 307, 308])(
    "a %d is refused, and its target named without secrets",
    async (status) => {
      const { url, requests } = await startServer((response) => {
        response.writeHead(status, { location: "/elsewhere?token=marker-secret#marker-secret" }).end();
      });
      const outcome = await createFixedClient({ url, fetch, followRedirects: false }).send(oneSample);
      expect(outcome).toMatchObject({ kind: "refused", reason: "redirect", status });
      expect(outcome).toHaveProperty("error.message", expect.stringContaining(`${url}/elsewhere?token=…`));
      expect(JSON.stringify(outcome)).not.toContain("marker-secret");
      expect(requests).toHaveLength(1);
    },
  );

  test.each([
    [401, "give them as `auth`"],
    [404, "/api/v1/write"],
    [404, "/api/v1/push"],
    [404, "--web.enable-remote-write-receiver"],
    [405, "path of `url`"],
    [413, "fewer samples"],
    [415, "prometheus.WriteRequest"],
  ])("a %d says what to do: %s", async (status, advice) => {
    const { url } = await startServer((response) => response.writeHead(status).end());
    const outcome = await createFixedClient({ url, fetch }).send(oneSample);
    expect(outcome).toHaveProperty("error.message", expect.stringContaining(advice));
  });

  test("a 400 with a web page is not blamed on the data, but on what nginx says it for", async () => {
    const { url } = await startServer((response) =>
      response.writeHead(400, { "content-type": "text/html" }).end("<html>no</html>"),
    );
    expect(await createFixedClient({ url, fetch }).send(oneSample)).toHaveProperty(
      "error.message",
      `remote write to ${url}/: 400: what stands before the receiver does not accept the request: must \`url\` begin ` +
        'with https://? The receiver says: "<html>no</html>"',
    );
  });

  test.each([429, 500, 503])("H6: Retry-After of a %d comes with the outcome", async (status) => {
    const { url } = await startServer((response, { target }) => {
      response.writeHead(status, target === "/" ? {} : { "retry-after": target.slice(1) }).end();
    });
    const after = async (path: string): Promise<unknown> =>
      createFixedClient({ url: url + path, fetch }).send(oneSample);
    await expect(after("/7")).resolves.toMatchObject({ kind: "retryable", retryAfterMillis: 7000 });
    await expect(after("/9999999")).resolves.toMatchObject({ retryAfterMillis: 300_000 });
    await expect(after("/garbage")).resolves.toMatchObject({ retryAfterMillis: undefined });
    await expect(after("/")).resolves.toMatchObject({ retryAfterMillis: undefined });
  });
});
