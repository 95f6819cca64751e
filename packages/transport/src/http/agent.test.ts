import http, { createServer } from "node:http";
import https from "node:https";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createRemoteWriteClient } from "../client/remote-write-client.js";
import { createAuthority } from "../testing/certificates.js";
import { createFixedClient } from "../testing/create-fixed-client.js";
import { oneSample, startServer } from "../testing/loopback.js";

const acknowledged = { kind: "acknowledged", status: 204 };
const url = "http://receiver.example/api/v1/write";

test.skipIf(process.platform === "win32")(
  "H15: an agent with a socketPath reaches a unix socket",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "otel-remote-write-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const socketPath = join(folder, "receiver.sock");
    const targets: unknown[] = [];
    const server = createServer((request, response) => {
      targets.push([request.url, request.headers.host]);
      request.resume().on("end", () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    onTestFinished(() => void server.close());
    const agent = new http.Agent({ keepAlive: true, socketPath } as http.AgentOptions);
    onTestFinished(() => agent.destroy());
    const client = createFixedClient({ url: "http://localhost/api/v1/write", agent });
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    expect(targets).toEqual([
      ["/api/v1/write", "localhost"],
      ["/api/v1/write", "localhost"],
    ]);
  },
);

test.skipIf(process.platform === "win32")("H8: a unix socket that nobody listens on is named", async () => {
  const folder = await mkdtemp(join(tmpdir(), "otel-remote-write-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const socketPath = join(folder, "receiver.sock");
  const agent = new http.Agent({ socketPath } as http.AgentOptions);
  const client = createFixedClient({ url: "http://localhost/api/v1/write", agent });
  const at = "remote write to http://localhost/api/v1/write";
  const outcome = await client.send(oneSample);
  expect(outcome).toMatchObject({ kind: "retryable", reason: "connection_refused" });
  expect(outcome).toHaveProperty(
    "error.message",
    `${at}: there is no unix socket ${socketPath} (ENOENT): is the receiver running, and is \`socketPath\` of ` +
      "`agent` right?",
  );
  // What a receiver that was killed leaves behind.
  await writeFile(socketPath, "");
  expect(await client.send(oneSample)).toHaveProperty(
    "error.message",
    `${at}: nothing listens on the unix socket ${socketPath} (ECONNREFUSED): is the receiver running?`,
  );
});

test("H14: a redirect that an agent of the user's cannot follow is refused, and the agent named", async () => {
  const { url: at } = await startServer((response) =>
    response.writeHead(308, { location: "https://receiver.example/write" }).end(),
  );
  const outcome = await createFixedClient({ url: at, agent: new http.Agent() }).send(oneSample);
  expect(outcome).toMatchObject({ kind: "refused", reason: "redirect", status: 308 });
  expect(outcome).toHaveProperty(
    "error.message",
    `remote write to ${at}/: 308: the receiver redirects to https://receiver.example/write, and \`agent\` is one ` +
      "for http://: check `url`",
  );
});

test("H15: an agent of the user's decides about TLS, and stays open after close", async () => {
  const authority = createAuthority();
  const { url: at, connections } = await startServer(
    (response) => response.writeHead(204).end(),
    authority.issue(),
  );
  const agent = new https.Agent({ keepAlive: true, ca: authority.cert });
  onTestFinished(() => agent.destroy());
  const client = createFixedClient({ url: at, agent });
  expect(await client.send(oneSample)).toMatchObject(acknowledged);
  client.close();
  expect(await client.send(oneSample)).toMatchObject(acknowledged);
  expect(connections()).toBe(1);
});

test("H8: a stale connection of an agent of the user's is replaced too", async () => {
  let answered = 0;
  const { url: at } = await startServer((response, { socket }) => {
    if (answered++ === 1) socket.resetAndDestroy();
    else response.writeHead(204).end();
  });
  const agent = new http.Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const client = createFixedClient({ url: at, agent });
  expect(await client.send(oneSample)).toMatchObject(acknowledged);
  expect(await client.send(oneSample)).toMatchObject(acknowledged);
});

describe("H15: wrong agents are errors at construction", () => {
  test.each([[null], ["agent"], [{}], [http.Agent]])("%o", (agent) => {
    expect(() => createRemoteWriteClient({ url, agent: agent as never })).toThrow(
      /^createRemoteWriteClient: agent must be an Agent of node:http or node:https/,
    );
  });

  test("one of the other scheme", () => {
    const message =
      "createRemoteWriteClient: agent must be an Agent of node:http, as url begins with http://, got one for https://";
    expect(() => createRemoteWriteClient({ url, agent: new https.Agent() })).toThrow(new TypeError(message));
  });

  test.each([{ tls: {} }, { proxyUrl: "http://p" }, { noProxy: "*" }])("together with %j", (options) => {
    const agent = new http.Agent();
    expect(() => createRemoteWriteClient({ url, agent, ...options })).toThrow(
      `createRemoteWriteClient: ${Object.keys(options).join()} has no effect with an agent of your own; `,
    );
  });

  test("together with a fetch", () => {
    expect(() => createRemoteWriteClient({ url, agent: new http.Agent(), fetch })).toThrow(
      "createRemoteWriteClient: agent has no effect with a fetch of your own; ",
    );
  });
});
