// The whole way: exporter, and an endpoint that checks signatures as AWS does.
import { startRemoteWrite } from "@otel-remote-write/exporter";
import { expect, it, onTestFinished } from "vitest";
import { sigV4Auth } from "./sigv4-auth.js";
import { startVerifyingServer } from "./testing/verifying-server.js";

it("the exporter waits for its credentials, and signs every attempt", async () => {
  const region = "eu-central-1";
  const server = await startVerifyingServer(region, "aps");
  const role = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "s3cr3t+key", sessionToken: "session/token==" };
  server.credentials.set(role.accessKeyId, role);
  let asked = 0;
  const remoteWrite = startRemoteWrite({
    url: `${server.origin}/workspaces/ws-1/api/v1/remote_write`,
    headers: { "x-amz-source": "test", "X-Scope-OrgID": "team-a" },
    exportIntervalMillis: 3_600_000,
    queue: { maxBackoffMillis: 50 },
    auth: sigV4Auth({
      region,
      async credentials() {
        asked++;
        if (asked < 3) throw Object.assign(new Error("no role"), { name: "CredentialsProviderError" });
        return { ...role, expiration: new Date(Date.now() + 3_600_000) };
      },
    }),
  });
  onTestFinished(() => remoteWrite.shutdown());
  const orders = remoteWrite.meterProvider.getMeter("shop").createCounter("orders");
  for (let exports = 0; exports < 3; exports++) {
    orders.add(1, { country: "NO" });
    await remoteWrite.forceFlush();
  }
  expect(remoteWrite.stats()).toMatchObject({ dropped: {}, unconfirmed: 0 });
  expect(remoteWrite.stats().acknowledged.samples).toBeGreaterThanOrEqual(3);
  expect(remoteWrite.stats().lastError).toContain(
    "sigV4Auth: the credentials provider failed (CredentialsProviderError); check the environment, profile or role",
  );
  expect(asked).toBe(3);
});
