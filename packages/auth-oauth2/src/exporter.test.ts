// The whole way: exporter, authorization server, a gateway that asks it about tokens, receiver.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startRemoteWrite } from "@otel-remote-write/exporter";
import { startReceiver } from "@otel-remote-write/receiver";
import { expect, it, onTestFinished } from "vitest";
import { oauth2Auth } from "./oauth2-auth.js";
import { startGateway } from "./testing/gateway.js";
import { clientSecret, startOidcServer, type OidcServer } from "./testing/oidc-server.js";

it("the exporter waits for its authorization server, and renews a token that was revoked", async () => {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const port = await findFreePort();
  let oidc: OidcServer | undefined;
  const tokens = new Set<string>();
  const revoked = new Set<string>();
  const url = await startGateway(receiver.url, async (token) => {
    tokens.add(token);
    return !revoked.has(token) && (await oidc?.isActive(token)) === true;
  });
  let asked = 0;
  const remoteWrite = startRemoteWrite({
    url,
    exportIntervalMillis: 3_600_000,
    queue: { maxBackoffMillis: 50 },
    auth: oauth2Auth({
      clientId: "client_secret_basic",
      clientSecret,
      tokenUrl: `http://127.0.0.1:${port}/token`,
      async fetch(...request) {
        asked++;
        if (asked === 3) oidc = await startOidcServer(port);
        return fetch(...request);
      },
    }),
  });
  const orders = remoteWrite.meterProvider.getMeter("shop").createCounter("orders");

  orders.add(1);
  await remoteWrite.forceFlush();
  expect(receiver.value({ __name__: "orders_total" })).toBe(1);
  expect(remoteWrite.stats().lastError).toContain(
    `oauth2Auth: the token endpoint http://127.0.0.1:${port}/token cannot be reached (TypeError, caused by Error ` +
      "ECONNREFUSED); is it running, and is tokenUrl right?",
  );
  expect([asked, tokens.size]).toEqual([3, 1]);

  for (const token of tokens) revoked.add(token);
  orders.add(1);
  await remoteWrite.forceFlush();
  expect(receiver.value({ __name__: "orders_total" })).toBe(2);
  expect([asked, tokens.size]).toEqual([4, 2]);
  await remoteWrite.shutdown();
  expect(remoteWrite.stats()).toMatchObject({ dropped: {}, unconfirmed: 0 });
});

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
