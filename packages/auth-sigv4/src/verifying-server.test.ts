// Signatures over real HTTP, checked by an implementation of another author.
import { expect, it } from "vitest";
import { createSigV4Auth } from "./create-sigv4-auth.js";
import { sigV4Auth } from "./sigv4-auth.js";
import { createAuthRequest } from "./testing/auth-request.js";
import { startVerifyingServer } from "./testing/verifying-server.js";

const region = "eu-central-1";
const longLived = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const temporary = {
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "another/secret+key",
  sessionToken: "FwoGZXIvYXdzE//////////wEaDH+session/token==",
};

async function send(
  auth: ReturnType<typeof sigV4Auth>,
  url: string,
  body: Uint8Array,
): Promise<[number, string]> {
  const headers = { "content-type": "application/x-protobuf", "content-encoding": "snappy" };
  const request = createAuthRequest({ url: new URL(url), headers, body });
  const response = await fetch(url, {
    method: "POST",
    headers: { ...headers, ...(await auth.authorize(request)) },
    body: new Uint8Array(body),
  });
  return [response.status, await response.text()];
}

it.each([
  "/workspaces/ws-12345678-abcd/api/v1/remote_write",
  "/",
  "/api/v1/write?b=2&a=1&a=0&empty=&flag&a%20b=c+d%2Be&ü=ß",
  "/a%20b/%2F/c(d)!*'/e=f&g/ü~",
  "/a//b/./c/../d/",
])("A4: signatures of requests to %s hold", async (target) => {
  const server = await startVerifyingServer(region, "aps");
  for (const credentials of [longLived, temporary]) {
    server.credentials.set(credentials.accessKeyId, credentials);
    const auth = sigV4Auth({ region, credentials });
    const body = crypto.getRandomValues(new Uint8Array(1000));
    expect(await send(auth, `${server.origin}${target}`, body)).toEqual([204, ""]);
  }
});

it("signatures for another service, region, key or body don't hold", async () => {
  const server = await startVerifyingServer(region, "aps");
  server.credentials.set(longLived.accessKeyId, longLived);
  const url = `${server.origin}/api/v1/remote_write`;
  const body = new Uint8Array([1, 2, 3]);
  for (const options of [
    { region, credentials: longLived, service: "execute-api" },
    { region: "us-east-1", credentials: longLived },
    { region, credentials: { ...longLived, secretAccessKey: "wrong" } },
  ]) {
    expect(await send(sigV4Auth(options), url, body)).toEqual([403, "The signature does not match."]);
  }
  const { url: _url, ...request } = createAuthRequest({ body });
  const headers = await sigV4Auth({ region, credentials: longLived }).authorize({
    ...request,
    url: new URL(url),
  });
  const changed = await fetch(url, { method: "POST", headers, body: new Uint8Array([1, 2, 4]) });
  expect([changed.status, await changed.text()]).toEqual([403, "The body is another one."]);
});

it("A4: each attempt has a signature of its own, over midnight and over a change of credentials", async () => {
  const server = await startVerifyingServer(region, "aps");
  for (const credentials of [longLived, temporary])
    server.credentials.set(credentials.accessKeyId, credentials);
  let now = Date.parse("2026-12-31T23:59:59.999Z");
  let credentials: typeof longLived = longLived;
  const auth = createSigV4Auth({ region, credentials: async () => credentials }, () => now);
  const seen = new Set<string>();
  for (const step of [0, 1, 60_000]) {
    now += step;
    credentials = step === 60_000 ? temporary : longLived;
    const request = createAuthRequest();
    const headers = await auth.authorize(request);
    const day = step === 0 ? "20261231" : "20270101";
    expect(headers["x-amz-date"]?.slice(0, 8)).toBe(day);
    expect(headers["authorization"]).toContain(
      `Credential=${credentials.accessKeyId}/${day}/${region}/aps/aws4_request`,
    );
    seen.add(headers["authorization"] ?? "");
    expect(await send(auth, `${server.origin}/api/v1/remote_write`, request.body)).toEqual([204, ""]);
  }
  expect(seen.size).toBe(3);
});

it("the clock is read once for each attempt", async () => {
  let reads = 0;
  const credentials = longLived;
  const auth = createSigV4Auth({ region, credentials }, () => {
    reads++;
    // Midnight between any two reads.
    return Date.UTC(2026, 0, reads);
  });
  const headers = await auth.authorize(createAuthRequest());
  const day = headers["x-amz-date"]?.slice(0, 8) ?? "none";
  expect(headers["authorization"]).toContain(`/${day}/`);
  expect(reads).toBe(1);
});
