// Applications that know nothing of remote write, with `--import @otel-remote-write/config/register` before them: real
// processes, a receiver, and how they end.
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startReceiver, type Receiver } from "@otel-remote-write/receiver";
import { describe, expect, it, onTestFinished } from "vitest";
import { runProgram, type Run } from "./programs/run-program.js";
import { createTemporaryFolder } from "./secure/testing.js";

const register = import.meta.resolve("@otel-remote-write/config/register");
const prefix = "OTEL_EXPORTER_PROMETHEUS_REMOTE_WRITE_";

async function receive(): Promise<Receiver> {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  return receiver;
}

/** Runs an application of the folder zero-code; without variables, with none of ours. */
function run(
  app: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  flags = ["--import", register],
): Promise<Run> {
  const path = fileURLToPath(new URL(`zero-code/${app}`, import.meta.url));
  return runProgram(process.execPath, [...flags, path, ...args], { cwd: import.meta.dirname, env });
}

const service = { OTEL_SERVICE_NAME: "shop", OTEL_RESOURCE_ATTRIBUTES: "service.namespace=eu" };

function to(receiver: Receiver): NodeJS.ProcessEnv {
  return { [`${prefix}ENDPOINT`]: receiver.url, ...service };
}

describe("an unchanged application", () => {
  it.each([
    ["an ES module", "server.mjs", ["--import", register], {}],
    ["CommonJS", "server.cjs", ["--import", register], {}],
    ["--require", "server.cjs", ["--require", fileURLToPath(register)], {}],
    ["NODE_OPTIONS", "server.mjs", [], { NODE_OPTIONS: `--import ${register}` }],
  ])("sends its own metrics, its server's and the runtime's: %s", async (_how, app, flags, env) => {
    const receiver = await receive();
    expect(await run(app, [], { ...to(receiver), ...env }, flags)).toMatchObject({
      exit: 0,
      stdout: "ok\n",
      stderr: "",
    });
    expect(receiver.violations).toEqual([]);
    const job = { job: "eu/shop" };
    expect(receiver.value({ __name__: "orders_total", ...job })).toBe(3);
    expect(receiver.value({ __name__: "http_server_request_duration_seconds_count", ...job })).toBe(1);
    expect(receiver.find({ __name__: "v8js_memory_heap_used_bytes", ...job }).length).toBeGreaterThan(0);
    const [target] = receiver.find({ __name__: "target_info", ...job });
    expect(target?.labels).toMatchObject({ process_runtime_name: "nodejs" });
    expect(Object.keys(target?.labels ?? {}).filter((name) => /pid|command/.test(name))).toEqual([]);
  });

  it("takes its configuration from a file", async () => {
    const receiver = await receive();
    const write = await createTemporaryFolder();
    const file = write(
      "remote-write.yml",
      `remote_write:\n  - url: ${receiver.url}\n    external_labels: { cluster: a }\n`,
    );
    const env = { [`${prefix}CONFIG_FILE`]: file };
    expect(await run("server.mjs", [], env)).toMatchObject({ exit: 0, stderr: "" });
    expect(receiver.value({ __name__: "orders_total", cluster: "a" })).toBe(3);
  });

  it("chooses its instrumentations and detectors", async () => {
    const receiver = await receive();
    const env = {
      ...to(receiver),
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: "http",
      OTEL_NODE_RESOURCE_DETECTORS: "host",
    };
    await run("server.mjs", [], env);
    expect(receiver.find({ __name__: "http_server_request_duration_seconds_count" })).toEqual([]);
    expect(receiver.find({ __name__: "v8js_memory_heap_used_bytes" })).not.toEqual([]);
    const [target] = receiver.find({ __name__: "target_info" });
    expect(Object.keys(target?.labels ?? {})).toContain("host_name");
    expect(Object.keys(target?.labels ?? {})).not.toContain("process_runtime_name");
  });
});

describe("with a configuration that is no good it runs without metrics, and one line says why:", () => {
  it.each<[string, NodeJS.ProcessEnv, string]>([
    ["none", {}, "url: is missing"],
    [
      "a wrong URL",
      { [`${prefix}ENDPOINT`]: "hunter2" },
      `${prefix}ENDPOINT: url: must begin with http:// or https://; give`,
    ],
    [
      "a file that is not there",
      { [`${prefix}CONFIG_FILE`]: "/none.yml" },
      "/none.yml: the configuration file does not exist",
    ],
    [
      "a misspelled variable",
      { [`${prefix}ENDPONT`]: "http://127.0.0.1:1/" },
      `url: is missing; give the endpoint, such as http://localhost:9090/api/v1/write, in the file or as ${prefix}ENDPOINT` +
        ` | ${prefix}ENDPONT: no such variable is read; did you mean ${prefix}ENDPOINT?`,
    ],
    ["two mistakes", { [`${prefix}ENDPOINT`]: "hunter2", [`${prefix}HEADERS`]: "hunter2" }, " | "],
    [
      "a certificate that is not there",
      { [`${prefix}ENDPOINT`]: "https://a/", [`${prefix}CERTIFICATE`]: "/none.pem" },
      "does not exist",
    ],
  ])("%s", async (_case, env, problem) => {
    for (const app of ["server.mjs", "threads.mjs"]) {
      const { exit, stderr } = await run(app, [], env);
      expect(exit).toBe(0);
      expect(stderr.split("\n")).toEqual([expect.stringContaining(problem), ""]);
      expect(stderr).toMatch(/^otel-remote-write: the application runs without metrics: /);
      expect(stderr).not.toContain("hunter2");
    }
  });

  it("a mistake in a file, with its line", async () => {
    const write = await createTemporaryFolder();
    const file = write("remote-write.yml", "url: http://127.0.0.1:1/\nbearer_tokn: hunter2\n");
    writeFileSync(file, "url: http://127.0.0.1:1/\nbearer_tokn: hunter2\n");
    const { exit, stderr } = await run("ends.cjs", ["exit-code=5", "return"], {
      [`${prefix}CONFIG_FILE`]: file,
    });
    expect(exit).toBe(5);
    expect(stderr).toBe(
      `otel-remote-write: the application runs without metrics: ${file}:2: bearer_tokn: unknown key; did you mean bearer_token?\n`,
    );
  });

  it.each([
    ["OTEL_SDK_DISABLED", "true"],
    ["OTEL_METRICS_EXPORTER", "none"],
  ])("and without a line where %s=%s asks for that", async (name, value) => {
    const receiver = await receive();
    expect(await run("server.mjs", [], { ...to(receiver), [name]: value })).toMatchObject({
      exit: 0,
      stderr: "",
    });
    expect(receiver.requests).toEqual([]);
  });
});

describe("it ends as it would have, and sends what it can:", () => {
  it.each<[string, string[], number | string, number | undefined]>([
    ["nothing left to do", ["return"], 0, 3],
    ["an exit code", ["exit-code=7", "return"], 7, 3],
    ["SIGTERM", ["signal=SIGTERM"], "SIGTERM", 3],
    ["SIGINT", ["signal=SIGINT"], "SIGINT", 3],
    ["SIGTERM that the application handles", ["handler=9", "signal=SIGTERM"], 9, 3],
    ["SIGTERM after which it has nothing left to do", ["ends-by-itself=9", "signal=SIGTERM"], 9, 3],
    ["a signal of another kind", ["signal=SIGHUP"], "SIGHUP", undefined],
    ["process.exit", ["exit=3"], 3, undefined],
    ["process.exit after a flush", ["flush-and-exit=3"], 3, 3],
    ["an uncaught exception", ["throw"], 1, undefined],
    ["an uncaught exception that the application flushes for", ["flush-uncaught", "throw"], 1, 3],
  ])("%s", async (_end, args, exit, value) => {
    const receiver = await receive();
    expect(await run("ends.cjs", args, to(receiver))).toMatchObject({ exit });
    expect(receiver.value({ __name__: "orders_total" })).toBe(value);
    expect(receiver.violations).toEqual([]);
  });

  it("flushes once in beforeExit", async () => {
    const receiver = await receive();
    const { stdout } = await run("ends.cjs", ["before-exit", "return"], to(receiver));
    // The application's listener sees the end twice: before the flush and after it.
    expect(stdout).toBe("beforeExit\nbeforeExit\n");
  });

  it.each<[string, string[], number | string]>([
    ["in beforeExit", ["exit-code=7", "return"], 7],
    ["after SIGTERM", ["signal=SIGTERM"], "SIGTERM"],
    ["after SIGTERM that the application handles", ["ends-by-itself=9", "signal=SIGTERM"], 9],
  ])("flushes for five seconds at most, %s, where nobody answers", async (_when, args, exit) => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    // Otherwise attempts would go on for twice the timeout, and the program would be ended by the test.
    const env = {
      [`${prefix}ENDPOINT`]: `http://127.0.0.1:${port}/`,
      [`${prefix}TIMEOUT`]: "100000",
      ...service,
    };
    const { exit: ended, stderr } = await run("ends.cjs", args, env);
    expect(ended).toBe(exit);
    expect(stderr).toMatch(
      /^otel-remote-write: \d+ samples were not acknowledged within 5 s of the end, and are lost\n/,
    );
  });

  it("waits for no retries in the five seconds after a SIGTERM that the application handles", async () => {
    const env = {
      [`${prefix}ENDPOINT`]: "http://127.0.0.1:1/",
      [`${prefix}TIMEOUT`]: "100000",
      ...service,
    };
    expect(await run("ends.cjs", ["ends-by-itself=9", "signal=SIGTERM"], env)).toMatchObject({ exit: 9 });
  });

  it("lets the application finish what it has begun in beforeExit, where nobody listens", async () => {
    const env = { [`${prefix}ENDPOINT`]: "http://127.0.0.1:1/", ...service };
    const { exit, stdout } = await run("ends.cjs", ["late-work=6000", "exit-code=7", "return"], env);
    expect({ exit, stdout }).toEqual({ exit: 7, stdout: "done\n" });
  });
});

describe("what it says on standard error", () => {
  it("is a line for each failure, without stacks", async () => {
    const receiver = await receive();
    receiver.answerEvery(404);
    const { exit, stdout, stderr } = await run("server.mjs", [], to(receiver));
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: "ok\n" });
    expect(stderr).toMatch(
      /^otel-remote-write \S+ \d+ samples dropped \(not_found\).* there is no remote-write endpoint at this path.*\n$/,
    );
  });

  it("is a warning for each name that there is not, with the nearest", async () => {
    const receiver = await receive();
    const { stderr } = await run("server.mjs", [], {
      ...to(receiver),
      OTEL_NODE_RESOURCE_DETECTORS: "hots,env,gcp",
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: "http,runtime_node,express",
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: "fs,htpp,",
    });
    const known = "known are host, os, process, serviceinstance, all, none, env";
    expect(stderr.split("\n")).toEqual([
      `otel-remote-write: OTEL_NODE_RESOURCE_DETECTORS: there is no "hots" here, and it is ignored; did you mean host?`,
      `otel-remote-write: OTEL_NODE_RESOURCE_DETECTORS: there is no "gcp" here, and it is ignored; ${known}`,
      `otel-remote-write: OTEL_NODE_ENABLED_INSTRUMENTATIONS: there is no "runtime_node" here, and it is ignored; did you mean runtime-node?`,
      `otel-remote-write: OTEL_NODE_ENABLED_INSTRUMENTATIONS: there is no "express" here, and it is ignored; known are http, runtime-node`,
      `otel-remote-write: OTEL_NODE_DISABLED_INSTRUMENTATIONS: there is no "htpp" here, and it is ignored; did you mean http?`,
      "",
    ]);
  });

  it("is the reader's line where warnings are not wanted", async () => {
    const env = { [`${prefix}ENDPOINT`]: "http://127.0.0.1:1/", ...service, OTEL_LOG_LEVEL: "error" };
    const { stderr } = await run("server.mjs", [], env);
    expect(stderr).toMatch(/^PeriodicExportingMetricReader: metrics export failed .*nothing listens on.*\n$/);
  });

  it("is a warning for a level that there is not", async () => {
    const receiver = await receive();
    const { stderr } = await run("server.mjs", [], { ...to(receiver), OTEL_LOG_LEVEL: "loud" });
    expect(stderr).toBe(
      "otel-remote-write: OTEL_LOG_LEVEL: must be one of none, error, warn, info, debug, verbose, all; it is ignored\n",
    );
  });
});

describe("an application with an HTTP instrumentation of its own", () => {
  it.each<[string, string[], number]>([
    ["has its requests counted once", [], 1],
    ["has them counted by ours while its own is disabled", ["disabled"], 0],
  ])("%s", async (_what, args, ofItsOwn) => {
    const receiver = await receive();
    expect(await run("own-http.cjs", args, to(receiver))).toMatchObject({
      exit: 0,
      stdout: "ok\n",
      stderr: "",
    });
    const count = "http_server_request_duration_seconds_count";
    expect(receiver.find({ __name__: count }).map(({ labels }) => receiver.value(labels))).toEqual([1]);
    // Ours has nothing of clients: the application's works as if ours were not there.
    expect(receiver.find({ __name__: "http_client_request_duration_seconds_count" })).toHaveLength(ofItsOwn);
    expect(receiver.violations).toEqual([]);
  });
});

describe("an application with a meter provider of its own", () => {
  it("keeps running, and its metrics come here", async () => {
    const receiver = await receive();
    const { exit, stderr } = await run("own-provider.mjs", [], to(receiver));
    expect(exit).toBe(0);
    expect(stderr).toMatch(
      /^otel-remote-write: the application's own meter provider is not registered.*duplicate registration.*\n$/,
    );
    expect(receiver.value({ __name__: "orders_total" })).toBe(3);
  });
});

it("keeps series of worker threads apart", async () => {
  const receiver = await receive();
  const env = { ...to(receiver), OTEL_RESOURCE_ATTRIBUTES: "service.instance.id=one" };
  expect(await run("threads.mjs", [], env)).toMatchObject({ exit: 0, stderr: "" });
  const series = receiver.find({ __name__: "orders_total" });
  expect(series.map(({ labels }) => labels["instance"]?.replace(/:\d+$/, ":thread")).toSorted()).toEqual([
    "one",
    "one:thread",
    "one:thread",
  ]);
  expect(new Set(series.map(({ labels }) => labels["instance"])).size).toBe(3);
  expect(receiver.violations).toEqual([]);
});

it("keeps series of a cluster's workers apart", async () => {
  const receiver = await receive();
  const env = { ...to(receiver), OTEL_RESOURCE_ATTRIBUTES: "service.instance.id=one" };
  expect(await run("cluster.mjs", [], env)).toMatchObject({ exit: 0, stderr: "" });
  const instances = receiver.find({ __name__: "orders_total" }).map(({ labels }) => labels["instance"]);
  expect(new Set(instances).size).toBe(3);
  expect(receiver.violations).toEqual([]);
});
