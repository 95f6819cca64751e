import type { AuthPlugin } from "@otel-remote-write/auth";
import { describe, expect, test } from "vitest";
import { oneSample, startServer, transports } from "../testing/loopback.js";
import { holdTime } from "../testing/hold-time.js";
import { createFixedClient } from "../testing/create-fixed-client.js";

describe.each(transports)("over $transport", ({ fetch }) => {
  /** A server that takes the second token only, and a plugin that renews as told. */
  async function send(onUnauthorized: AuthPlugin["onUnauthorized"], { accepts = "2" } = {}) {
    const { url, requests } = await startServer((response, { headers }) => {
      response.writeHead(headers.authorization === accepts ? 204 : 401).end();
    });
    const attempts: number[] = [];
    let token = 0;
    const auth: AuthPlugin = {
      name: "test",
      authorize({ attempt }) {
        attempts.push(attempt);
        return { authorization: String(++token) };
      },
      ...(onUnauthorized === undefined ? {} : { onUnauthorized }),
    };
    const client = createFixedClient({ url, fetch, auth });
    const outcome = await client.send(oneSample);
    return { outcome, tokens: requests.map(({ headers }) => headers.authorization), attempts };
  }

  test.each<[string, AuthPlugin["onUnauthorized"]]>([
    ["true", () => true],
    ["a promise of true", async () => Promise.resolve(true)],
  ])("after a 401, %s from onUnauthorized is good for one more attempt", async (_, onUnauthorized) => {
    const { outcome, tokens, attempts } = await send(onUnauthorized);
    expect(outcome).toMatchObject({ kind: "acknowledged", status: 204 });
    expect(tokens).toEqual(["1", "2"]);
    expect(attempts).toEqual([1, 2]);
  });

  test("W1.21 W2.19: and for no second one", async () => {
    const { outcome, tokens } = await send(() => true, { accepts: "3" });
    expect(outcome).toMatchObject({ kind: "refused", reason: "unauthorized", status: 401 });
    expect(tokens).toEqual(["1", "2"]);
  });

  test.each<[string, AuthPlugin["onUnauthorized"]]>([
    ["false", () => false],
    ["something else than true", () => "yes" as unknown as boolean],
    ["a missing method", undefined],
    [
      "an error",
      () => {
        throw new Error("token server down");
      },
    ],
    ["a rejection", async () => Promise.reject(new Error("token server down"))],
  ])("W1.21 W2.19: a 401 is refused after %s", async (_, onUnauthorized) => {
    const { outcome, tokens } = await send(onUnauthorized);
    expect(outcome).toMatchObject({ kind: "refused", reason: "unauthorized", status: 401 });
    expect(outcome).toHaveProperty("error.message", expect.stringContaining('the auth plugin "test"'));
    expect(tokens).toEqual(["1"]);
  });

  test("W1.21 W2.19: a 401 is refused after a promise that has not settled in time", async () => {
    const pass = holdTime();
    const { outcome, tokens } = await send(async () => {
      pass(10_000);
      return new Promise<boolean>(() => {});
    });
    expect(outcome).toMatchObject({ kind: "refused", reason: "unauthorized", status: 401 });
    expect(outcome).toHaveProperty("error.message", expect.stringContaining('the auth plugin "test"'));
    expect(tokens).toEqual(["1"]);
  });

  test("onUnauthorized is told which attempt was refused, and by when to answer", async () => {
    const told: unknown[] = [];
    await send((refused) => {
      told.push(refused?.headers, refused?.signal.aborted);
      return false;
    });
    expect(told).toEqual([{ authorization: "1" }, false]);
  });

  test("no other status asks for renewal", async () => {
    const { url } = await startServer((response, { target }) =>
      response.writeHead(Number(target.slice(1))).end(),
    );
    let renewals = 0;
    const auth: AuthPlugin = {
      name: "test",
      authorize: () => ({ authorization: "x" }),
      onUnauthorized: () => ++renewals > 0,
    };
    for (const status of [204, 400, 403, 404, 500]) {
      await createFixedClient({ url: `${url}/${status}`, fetch, auth }).send(oneSample);
    }
    expect(renewals).toBe(0);
  });
});

test("W1.21: a 403 is final, and the auth plugin told of it", async () => {
  const { url, requests } = await startServer((response) => response.writeHead(403).end());
  const told: unknown[] = [];
  const auth: AuthPlugin = {
    name: "test",
    authorize: () => ({ authorization: "1" }),
    onUnauthorized: () => true,
    onForbidden: (refused) => void told.push(refused.headers, refused.signal.aborted),
  };
  const outcome = await createFixedClient({ url, auth }).send(oneSample);
  expect(outcome).toMatchObject({ kind: "refused", reason: "forbidden", status: 403 });
  expect(told).toEqual([{ authorization: "1" }, false]);
  expect(requests).toHaveLength(1);
});

test("of a 403 after a 401, too", async () => {
  const { url } = await startServer((response, { headers }) =>
    response.writeHead(headers.authorization === "1" ? 401 : 403).end(),
  );
  const told: unknown[] = [];
  let token = 0;
  const auth: AuthPlugin = {
    name: "test",
    authorize: () => ({ authorization: String(++token) }),
    onUnauthorized: () => true,
    onForbidden: ({ headers }) => void told.push(headers),
  };
  await createFixedClient({ url, auth }).send(oneSample);
  expect(told).toEqual([{ authorization: "2" }]);
});

test.each<[string, () => void]>([
  [
    "an error",
    () => {
      throw new Error("oops");
    },
  ],
  ["a rejection", () => Promise.reject(new Error("oops"))],
])("%s from onForbidden does no harm", async (_, onForbidden) => {
  const { url } = await startServer((response) => response.writeHead(403).end());
  const auth: AuthPlugin = { name: "test", authorize: () => ({ authorization: "1" }), onForbidden };
  expect(await createFixedClient({ url, auth }).send(oneSample)).toMatchObject({ reason: "forbidden" });
});
