import type { AuthPlugin } from "@otel-remote-write/auth";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { oneSample, startServer, transports, unusedUrl } from "../testing/loopback.js";
import type { Fetch } from "../http/fetch-http.js";
import { createFixedClient } from "../testing/create-fixed-client.js";

const inQuery = "marker-query-secret";
const inHeader = "marker-header-secret";
const inAuth = "marker-auth-secret";

const headers = { "X-Api-Key": inHeader };
const auth: AuthPlugin = { name: "test", authorize: () => ({ authorization: `Bearer ${inAuth}` }) };

/** Everything that someone could log of a value. */
function everythingOf(value: unknown): string {
  const error = (value as { error?: Error }).error;
  return [
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(value),
    JSON.stringify(error),
    String(error),
    error?.stack ?? "",
    inspect(error, { depth: 20, showHidden: true }),
  ].join("\n");
}

function expectNoSecret(value: unknown): void {
  for (const secret of [inQuery, inHeader, inAuth]) expect(everythingOf(value)).not.toContain(secret);
}

describe.each(transports)("A2: secrets do not come out over $transport", ({ fetch }) => {
  test.each([200, 204, 301, 400, 401, 403, 404, 415, 429, 500])(
    "of a %d from a server that sends back all it got",
    async (status) => {
      const { url } = await startServer((response, { target, rawHeaders }) => {
        response.writeHead(status, { location: `${target}&again=1`, "retry-after": inHeader });
        response.end(status === 204 ? undefined : `${target} ${rawHeaders.join(" ")}`);
      });
      const client = createFixedClient({ url: `${url}/?token=${inQuery}`, fetch, headers, auth });
      expectNoSecret(client);
      const outcome = await client.send(oneSample);
      expect(outcome).toHaveProperty("status", status);
      expectNoSecret(outcome);
    },
  );

  test("where a body is cut off amid a secret", async () => {
    const { url } = await startServer((response) => response.writeHead(400).end("x".repeat(1010) + inAuth));
    const outcome = await createFixedClient({ url, fetch, auth }).send(oneSample);
    expect(outcome).toHaveProperty("error.message", expect.stringMatching(/x\[redacted\]…"$/));
  });

  test("when nothing answers", async () => {
    const url = `${await unusedUrl()}/?token=${inQuery}`;
    const outcome = await createFixedClient({ url, fetch, headers, auth }).send(oneSample);
    expect(outcome).toHaveProperty("error.url", expect.stringContaining("/?token=…"));
    expectNoSecret(outcome);
  });

  test("when auth fails and names them", async () => {
    const failing: AuthPlugin = {
      name: "test",
      authorize: ({ url, headers: sent }) => {
        throw new Error(`cannot sign ${url.href} with ${JSON.stringify(sent)}`);
      },
    };
    const url = `http://127.0.0.1:1/?token=${inQuery}`;
    const outcome = await createFixedClient({ url, fetch, headers, auth: failing }).send(oneSample);
    expect(outcome).toHaveProperty("reason", "auth_failed");
    expectNoSecret(outcome);
  });
});

const talkative: Fetch = async (input, init) => {
  const sent = JSON.stringify(init?.headers);
  return Promise.reject(
    new Error(`request to ${(input as URL).href} failed: ${sent}`, { cause: new Error(sent) }),
  );
};

test("A2: secrets do not come out of a fetch that names them in its error", async () => {
  const url = `http://localhost/?token=${inQuery}`;
  const outcome = await createFixedClient({ url, fetch: talkative, headers, auth }).send(oneSample);
  expect(outcome).toHaveProperty("reason", "network_error");
  expectNoSecret(outcome);
});

test("A3: a tenant is no secret, and its name in an error helps", async () => {
  const { url } = await startServer((response) =>
    response.writeHead(429).end("tenant-one is over its limit"),
  );
  const outcome = await createFixedClient({ url, headers: { "X-Scope-OrgID": "tenant-one" } }).send(
    oneSample,
  );
  expect(outcome).toHaveProperty("error.message", expect.stringContaining("tenant-one is over its limit"));
});
