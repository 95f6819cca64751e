// The code of docs/backends, run against real servers where there are some, and elsewhere against a server that notes what it is
// asked: the path, the tenant and how the request authenticates are those of the page.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWithServer } from "./harness/describe-with-server.js";
import { successfulOutput } from "./programs/run-program.js";
import { extractCodeBlocks } from "./readme/code-blocks.js";
import { createExampleProject, type ExampleProject } from "./readme/example-project.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs the page's program number `index`, sent to another origin than the page's. */
async function runPage(page: string, index: number, origin: string): Promise<void> {
  const file = `docs/backends/${page}.md`;
  const block = extractCodeBlocks(readFileSync(join(root, file), "utf8"))[index];
  if (block === undefined) throw new Error(`${file} has no program ${index}`);
  const code = block.code.replace(/url: "https?:\/\/[^/"]+/, `url: "${origin}`);
  const project: ExampleProject = createExampleProject([{ file, ...block, code }]);
  try {
    expect(successfulOutput(await project.run({ file, ...block, code }))).toBe("");
  } finally {
    project.remove();
  }
}

describeWithServer("prometheus", "docs/backends/prometheus.md", (server) => {
  it("delivers", async () => {
    await runPage("prometheus", 0, server().url);
    expect((await server().query("orders_total")).map(({ point }) => point.value)).toEqual([1]);
  });
});

describeWithServer("victoriametrics", "docs/backends/victoriametrics.md", (server) => {
  it("delivers", async () => {
    await runPage("victoriametrics", 0, server().url);
    expect((await server().query("orders_total")).map(({ point }) => point.value)).toEqual([1]);
  });
});

describe("the request of", () => {
  const requests: { path: string | undefined; headers: IncomingHttpHeaders }[] = [];
  const gateway = createServer((request, response) => {
    requests.push({ path: request.url, headers: request.headers });
    request.resume().once("end", () => response.writeHead(204).end());
  });

  beforeAll(async () => {
    process.env["GRAFANA_CLOUD_TOKEN"] = "glc_token";
    process.env["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLE";
    process.env["AWS_SECRET_ACCESS_KEY"] = "not-a-real-key";
    gateway.listen(0, "127.0.0.1");
    await once(gateway, "listening");
  });

  afterAll(() => {
    gateway.close();
  });

  it.each([
    ["cortex", 0, "/api/v1/push", { "x-scope-orgid": "team-a" }],
    ["mimir", 0, "/api/v1/push", { "x-scope-orgid": "team-a" }],
    [
      "mimir",
      1,
      "/api/prom/push",
      { authorization: `Basic ${Buffer.from("123456:glc_token").toString("base64")}` },
    ],
    [
      "amazon",
      0,
      "/workspaces/ws-1234/api/v1/remote_write",
      {
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/eu-central-1\/aps\/aws4_request, /,
        ) as string,
      },
    ],
    ["thanos", 0, "/api/v1/receive", { "thanos-tenant": "team-a" }],
  ])("docs/backends/%s.md, program %i, goes to %s", async (page, index, path, headers) => {
    requests.length = 0;
    await runPage(page, index, `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`);
    expect(requests.length).toBeGreaterThan(0);
    for (const request of requests) expect(request).toMatchObject({ path, headers });
  });
});
