import { expect, test } from "vitest";
import { createAuthority } from "../testing/certificates.js";
import { startServer } from "../testing/loopback.js";
import { startProxy } from "../testing/proxy-server.js";
import { createTemporaryFolder } from "../testing/temporary-folder.js";
import { createFetch } from "./connection-fetch.js";

test("createFetch posts with the TLS files of its options, and through its proxy", async () => {
  const authority = createAuthority();
  const write = await createTemporaryFolder();
  const tls = { ...authority.issue(), ca: authority.cert, requestCert: true, rejectUnauthorized: true };
  const server = await startServer((response, { body }) => {
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  }, tls);
  const proxy = await startProxy({ to: server.url });
  const { cert, key } = authority.issue();
  const files = {
    caFile: write("ca.pem", authority.cert),
    certFile: write("cert.pem", cert),
    keyFile: write("key.pem", key),
  };
  const url = new URL(server.url);
  const fetch = createFetch(url, { tls: files, proxyUrl: proxy.url });

  const response = await fetch(url, { method: "POST", body: "a=b", headers: { "x-a": "b" } });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
  expect(await response.text()).toBe("a=b");
  expect(proxy.asked).toEqual([`CONNECT ${url.host}`]);
  expect(server.requests[0]?.headers).toMatchObject({ "x-a": "b" });
});

test("createFetch gives redirects and empty answers as they are, and takes POST alone", async () => {
  let status = 302;
  const { url } = await startServer((response) => response.writeHead(status, { location: "/x" }).end());
  const fetch = createFetch(url);
  expect((await fetch(url, { method: "POST" })).status).toBe(302);
  status = 204;
  expect((await fetch(url, { method: "POST" })).status).toBe(204);
  await expect(fetch(url)).rejects.toThrow("only POST is supported, not GET");
});

test("createFetch ends when its signal is aborted", async () => {
  const controller = new AbortController();
  const { url } = await startServer(() => controller.abort());
  const sent = createFetch(new URL(url), {})(url, { method: "POST", signal: controller.signal });
  await expect(sent).rejects.toThrow("abort");
});

test("createFetch names what is wrong with its url", () => {
  expect(() => createFetch("auth.example.com/token")).toThrow("createFetch: url must begin with http");
});
