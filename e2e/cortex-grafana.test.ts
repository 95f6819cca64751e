// The example with Cortex and Grafana, as far as that goes without containers: its files fit together, and every query of the
// dashboard gives data when the service has pushed to a real Prometheus.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cortexModules, cortexSettings, flattenSettings, kindOf } from "./cortex-grafana/cortex-settings.js";
import { panelQueries, readDashboard, variableQueries } from "./cortex-grafana/dashboard.js";
import { describeWithServer } from "./harness/describe-with-server.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "examples/cortex-grafana");
const read = (path: string): string => readFileSync(join(folder, path), "utf8");
const dashboard = readDashboard(join(folder, "grafana/dashboards/shop.json"));

interface Compose {
  readonly services: Record<
    string,
    {
      readonly image?: string;
      readonly build?: { readonly context: string; readonly dockerfile: string };
      readonly command?: string;
      readonly environment?: Record<string, string | number>;
      readonly ports?: readonly string[];
      readonly volumes?: readonly string[];
      readonly depends_on?: readonly string[];
    }
  >;
  readonly volumes: Record<string, null>;
}

const compose = parse(read("compose.yaml")) as Compose;
const services = Object.entries(compose.services);

interface Datasources {
  readonly datasources: readonly { readonly uid: string; readonly url: string; readonly type: string }[];
}

describe("compose.yaml", () => {
  it.each(services)("%s mounts what exists", (_name, { volumes = [] }) => {
    const sources = volumes.map((volume) => volume.split(":")[0] ?? "");
    const missing = sources.filter(
      (source) => !(source.startsWith("./") ? existsSync(join(folder, source)) : source in compose.volumes),
    );
    expect(missing).toEqual([]);
  });

  it("opens ports to this machine only", () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports).toEqual(["127.0.0.1:9009:9009", "127.0.0.1:3001:3001", "127.0.0.1:3000:3000"]);
  });

  it("builds one image, and names the versions of the others", () => {
    const { shop, visitors, cortex, grafana } = compose.services;
    expect(existsSync(join(folder, shop?.build?.context ?? "", shop?.build?.dockerfile ?? ""))).toBe(true);
    expect(visitors?.image).toBe(shop?.image);
    for (const image of [cortex?.image, grafana?.image]) {
      expect(image).toMatch(/^\$\{[A-Z]+_IMAGE:-[a-z]+\/[a-z]+:v?\d+\.\d+\.\d+\}$/);
    }
  });

  it("connects the services", () => {
    const { shop, visitors, grafana } = compose.services;
    const { server } = parse(read("cortex.yaml")) as { server: { http_listen_port: number } };
    const origin = `http://cortex:${server.http_listen_port}`;
    const [datasource] = (parse(read("grafana/provisioning/datasources/cortex.yaml")) as Datasources)
      .datasources;
    expect(shop?.environment?.["REMOTE_WRITE_URL"]).toBe(`${origin}/api/v1/push`);
    expect(datasource).toMatchObject({ url: `${origin}/prometheus`, type: "prometheus" });
    expect(new Set(dashboard.panels.map((panel) => panel.datasource.uid))).toEqual(
      new Set([datasource?.uid]),
    );
    expect(visitors?.command).toBe(`node visitors.js http://shop:${shop?.environment?.["PORT"]}`);

    // Where Grafana finds the dashboard: the mounted folder is the one that its provider reads.
    const mounts = Object.fromEntries(grafana?.volumes?.map((volume) => volume.split(":").slice(0, 2)) ?? []);
    const { providers } = parse(read("grafana/provisioning/dashboards/shop.yaml")) as {
      providers: { options: { path: string } }[];
    };
    expect(mounts["./grafana/dashboards"]).toBe(providers[0]?.options.path);
    expect(mounts["./grafana/provisioning"]).toBe("/etc/grafana/provisioning");
    expect(grafana?.environment?.["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]).toBe(
      `${providers[0]?.options.path}/shop.json`,
    );
  });
});

describe("cortex.yaml", () => {
  const settings = flattenSettings(parse(read("cortex.yaml")));

  it.each(Object.entries(settings))("%s is a setting of Cortex", (path, value) => {
    expect(kindOf(value)).toBe(cortexSettings[path]);
  });

  it("starts modules that there are", () => {
    const modules = String(settings["target"]).split(",");
    expect(cortexModules).toEqual(expect.arrayContaining(modules));
    // Reading and writing, all in this process.
    expect(modules).toEqual(
      expect.arrayContaining(["distributor", "ingester", "querier", "query-frontend", "store-gateway"]),
    );
    expect(settings["querier.store_gateway_addresses"]).toBe(
      `127.0.0.1:${String(settings["server.grpc_listen_port"])}`,
    );
  });
});

describe("Dockerfile", () => {
  const dockerfile = read("Dockerfile");

  it("names a package that exists and can be started", () => {
    const { name } = JSON.parse(readFileSync(join(root, "examples/express/package.json"), "utf8")) as {
      name: string;
    };
    const named = [...dockerfile.matchAll(/--filter "?(@[\w/-]+)/g)].map((match) => match[1]);
    expect(named).toEqual([name, name, name]);
    const [, program = ""] = /^CMD \["node", "(.+)"\]$/m.exec(dockerfile) ?? [];
    expect(existsSync(join(root, "examples/express", program))).toBe(true);
  });

  it("names no registry", () => {
    for (const text of [dockerfile, read("compose.yaml")])
      expect(text).not.toMatch(/(docker|quay|ghcr)\.io|npmjs/);
  });
});

describeWithServer("prometheus", "the dashboard's queries", (server) => {
  const express = join(root, "examples/express");
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    const app = spawn(process.execPath, ["app.js"], {
      cwd: express,
      env: {
        ...process.env,
        PORT: "0",
        REMOTE_WRITE_URL: server().writeUrl,
        EXPORT_INTERVAL_SECONDS: "0.5",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(app);
    const [line] = (await once(createInterface(app.stdout), "line")) as [string];
    const port = /port (\d+)/.exec(line)?.[1];
    children.push(
      spawn(process.execPath, ["visitors.js", `http://127.0.0.1:${port}`], {
        cwd: express,
        stdio: "inherit",
      }),
    );
  });

  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
  });

  async function valuesOf(query: string): Promise<(number | undefined)[]> {
    return (await server().query(query)).map(({ point }) => point.value);
  }

  it.each(panelQueries(dashboard, { job: "shop", instance: ".+", __rate_interval: "1m" }))(
    "$title gives data: $query",
    async ({ query }) => {
      // Rates need some samples first.
      await expect
        .poll(() => valuesOf(query), { timeout: 60_000, interval: 200 })
        .toSatisfy((values: unknown[]) => values.length > 0 && values.every(Number.isFinite));
    },
  );

  it.each(variableQueries(dashboard, { job: "shop" }))(
    "the variable $name gets values from $selector",
    async ({ selector, label }) => {
      const found = await server().series(selector);
      expect(found.length).toBeGreaterThan(0);
      for (const labels of found) expect(labels[label]).toBeTruthy();
    },
  );
});
