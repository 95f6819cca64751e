import { describe, expect, it } from "vitest";
import { loadConfig } from "./load-config.js";
import { authHeaders, load, onlyPipeline, problemsOf } from "./testing.test-support.js";

const url = "http://localhost:9090/api/v1/write";
const prefix = "OTEL_EXPORTER_PROMETHEUS_REMOTE_WRITE_";

function fromEnvironment(variables: Readonly<Record<string, string>>): ReturnType<typeof onlyPipeline> {
  return onlyPipeline(loadConfig({ env: { [`${prefix}ENDPOINT`]: url, ...variables } }));
}

describe("a variable becomes an option:", () => {
  it.each<[string, string, object]>([
    ["NAME", "prod", { name: "prod" }],
    ["HEADERS", "X-Scope-OrgID=a%20b, x-b = c=d ,", { headers: { "X-Scope-OrgID": "a b", "x-b": "c=d" } }],
    ["TIMEOUT", "1500", { timeoutMillis: 1500 }],
    ["PROTOBUF_MESSAGE", "prometheus.WriteRequest", { protobufMessage: "prometheus.WriteRequest" }],
    [
      "EXTERNAL_LABELS",
      "cluster=eu,replica=${x}",
      { translator: { externalLabels: { cluster: "eu", replica: "${x}" } } },
    ],
    ["PROXY_URL", "http://proxy:3128", { proxyUrl: "http://proxy:3128" }],
    ["NO_PROXY", "*", { noProxy: "*" }],
    ["FOLLOW_REDIRECTS", "false", { followRedirects: false }],
    ["TIMEOUT", "", {}],
  ])("%s=%s", (name, value, options) => {
    expect(fromEnvironment({ [prefix + name]: value }).exporter).toEqual({ url, ...options });
  });

  it("TLS files", () => {
    const lines = problemsOf(() =>
      fromEnvironment({ [`${prefix}ENDPOINT`]: "https://a/", [`${prefix}CERTIFICATE`]: "/missing.pem" }),
    );
    expect(lines).toEqual([
      `${prefix}CERTIFICATE: tls_config.ca_file: "/missing.pem" does not exist; give the path of a PEM file`,
    ]);
    const tls = fromEnvironment({
      [`${prefix}ENDPOINT`]: "https://a/",
      [`${prefix}SERVER_NAME`]: "b",
      [`${prefix}INSECURE_SKIP_VERIFY`]: "TRUE",
    }).exporter.tls;
    expect(tls).toMatchObject({ serverName: "b", insecureSkipVerify: true });
  });

  it.each([
    [{ USERNAME: "u", PASSWORD: "pa$$" }, `Basic ${Buffer.from("u:pa$$").toString("base64")}`],
    [{ BEARER_TOKEN: "abc" }, "Bearer abc"],
  ])("credentials %j", async (variables, authorization) => {
    const env = Object.fromEntries(Object.entries(variables).map(([name, value]) => [prefix + name, value]));
    expect(await authHeaders(fromEnvironment(env))).toEqual({ authorization });
  });

  it("SIGV4_*", async () => {
    const pipeline = fromEnvironment({
      [`${prefix}SIGV4_REGION`]: "eu-west-1",
      [`${prefix}SIGV4_ACCESS_KEY`]: "AKID",
      [`${prefix}SIGV4_SECRET_KEY`]: "secret",
    });
    expect((await authHeaders(pipeline))["authorization"]).toContain("Credential=AKID/");
  });

  it("OTEL_METRIC_EXPORT_INTERVAL and _TIMEOUT", () => {
    const times = { exportIntervalMillis: 60_000, exportTimeoutMillis: 30_000 };
    expect(fromEnvironment({})).toMatchObject(times);
    expect(fromEnvironment({ OTEL_METRIC_EXPORT_INTERVAL: "10000" })).toMatchObject({
      exportIntervalMillis: 10_000,
      exportTimeoutMillis: 10_000,
    });
    expect(fromEnvironment({ OTEL_METRIC_EXPORT_TIMEOUT: "5000" })).toMatchObject({
      ...times,
      exportTimeoutMillis: 5000,
    });
  });

  it("OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES", () => {
    const env = {
      [`${prefix}ENDPOINT`]: url,
      OTEL_RESOURCE_ATTRIBUTES: "service.name=a,service.namespace=eu%2Fwest",
      OTEL_SERVICE_NAME: "shop",
    };
    expect(loadConfig({ env }).resource.attributes).toEqual({
      "service.name": "shop",
      "service.namespace": "eu/west",
    });
  });
});

it("is disabled by OTEL_SDK_DISABLED, whatever else is wrong", () => {
  expect(loadConfig({ env: { OTEL_SDK_DISABLED: "TRUE" } })).toMatchObject({ disabled: true, pipelines: [] });
  const config = loadConfig({ env: { OTEL_SDK_DISABLED: "1", [`${prefix}ENDPOINT`]: url } });
  expect(config.disabled).toBe(false);
  expect(config.warnings).toEqual(["OTEL_SDK_DISABLED: must be true or false; it is taken for false"]);
});

it.each([
  [`${prefix}TIMEOUT`, "soon", "must be a whole number of milliseconds above 0; it is ignored"],
  [`${prefix}FOLLOW_REDIRECTS`, "perhaps", "must be true or false; it is ignored"],
  ["OTEL_METRIC_EXPORT_INTERVAL", "-1", "must be a whole number of milliseconds above 0; it is ignored"],
  ["OTEL_RESOURCE_ATTRIBUTES", "a", "must be key=value pairs with commas between them; it is ignored"],
  [`${prefix}ENDPONT`, "x", `no such variable is read; did you mean ${prefix}ENDPOINT?`],
])("warns of %s=%s, and goes without", (name, value, warning) => {
  const config = loadConfig({ env: { [`${prefix}ENDPOINT`]: url, [name]: value } });
  expect(config.warnings).toEqual([`${name}: ${warning}`]);
  expect(onlyPipeline(config)).toMatchObject({ exporter: { url }, exportIntervalMillis: 60_000 });
});

it.each([
  [
    `${prefix}HEADERS`,
    "hunter2",
    "must be key=value pairs with commas between them, percent-encoded where need be",
  ],
  [`${prefix}HEADERS`, "a=%zzhunter2", "must be key=value pairs"],
  [
    `${prefix}HEADERS`,
    "authorization=hunter2",
    "headers.authorization: holds credentials; give them as authorization",
  ],
  [`${prefix}ENDPOINT`, "hunter2", "url: must begin with http:// or https://; give"],
  [`${prefix}PROTOBUF_MESSAGE`, "hunter2", "protobuf_message: must be auto or"],
  [`${prefix}PASSWORD`, "hunter2", "basic_auth.username: is missing; give username or username_file"],
])("refuses %s=%s", (name, value, problem) => {
  const lines = problemsOf(() => loadConfig({ env: { [`${prefix}ENDPOINT`]: url, [name]: value } })).join(
    "\n",
  );
  expect(lines).toContain(`${name}: `);
  expect(lines).toContain(problem);
  expect(lines).not.toContain("hunter2");
});

describe("precedence: code, environment, file, default", () => {
  const file = `url: http://file/\nremote_timeout: 3s\npush_interval: 3s\nheaders: { X-A: file, X-B: file, X-C: file }\n`;
  const env = {
    [`${prefix}ENDPOINT`]: "http://environment/",
    [`${prefix}TIMEOUT`]: "2000",
    [`${prefix}HEADERS`]: "x-b=environment,x-c=environment",
    OTEL_METRIC_EXPORT_INTERVAL: "2000",
  };
  const options = {
    url: "http://code/",
    timeoutMillis: 1000,
    headers: { "x-c": "code" },
    exportIntervalMillis: 1000,
  };

  it.each([
    ["the file", {}, {}, "http://file/", 3000, { "X-A": "file", "X-B": "file", "X-C": "file" }],
    [
      "the environment",
      env,
      {},
      "http://environment/",
      2000,
      { "X-A": "file", "x-b": "environment", "x-c": "environment" },
    ],
    ["code", env, options, "http://code/", 1000, { "X-A": "file", "x-b": "environment", "x-c": "code" }],
  ])("%s", (_first, variables, overrides, expectedUrl, millis, headers) => {
    const pipeline = onlyPipeline(load(file, { env: variables, options: overrides }));
    expect(pipeline.exporter).toEqual({ url: expectedUrl, timeoutMillis: millis, headers });
    expect(pipeline.exportIntervalMillis).toBe(millis);
  });

  it("what is undefined in code is not given", () => {
    const pipeline = onlyPipeline(load(file, { options: { url: undefined, timeoutMillis: undefined } }));
    expect(pipeline.exporter).toMatchObject({ url: "http://file/", timeoutMillis: 3000 });
  });

  it("groups are merged member by member", () => {
    const pipeline = onlyPipeline(
      load(`url: ${url}\nqueue_config: { capacity: 5, max_backoff: 1m }\nquantiles: [0.5]`, {
        options: { queue: { maxSamples: 7 }, translator: { minMax: true } },
      }),
    );
    expect(pipeline.exporter.queue).toEqual({ maxSamples: 7, maxBackoffMillis: 60_000 });
    expect(pipeline.exporter.translator).toEqual({ quantiles: [0.5], minMax: true });
  });

  it("credentials of one kind replace those of another, and a password its file", async () => {
    const ofFile = `url: ${url}\nbasic_auth: { username: u, password_file: none }`;
    const token = onlyPipeline(load(ofFile, { env: { [`${prefix}BEARER_TOKEN`]: "abc" } }));
    expect(await authHeaders(token)).toEqual({ authorization: "Bearer abc" });
    const password = onlyPipeline(load(ofFile, { env: { [`${prefix}PASSWORD`]: "p" } }));
    expect(await authHeaders(password)).toEqual({
      authorization: `Basic ${Buffer.from("u:p").toString("base64")}`,
    });
  });
});

describe("several entries", () => {
  const file = "- url: http://a/\n  name: a\n- url: http://b/\n  name: b\n";

  it("take what is meant for all", () => {
    const env = { [`${prefix}TIMEOUT`]: "5", OTEL_METRIC_EXPORT_INTERVAL: "1000" };
    const { pipelines } = load(file, { env });
    expect(
      pipelines.map(({ exporter, exportIntervalMillis }) => [
        exporter.url,
        exporter.timeoutMillis,
        exportIntervalMillis,
      ]),
    ).toEqual([
      ["http://a/", 5, 1000],
      ["http://b/", 5, 1000],
    ]);
  });

  it("refuse what is meant for one", () => {
    const env = { [`${prefix}BEARER_TOKEN`]: "hunter2" };
    expect(problemsOf(() => load(file, { env }))).toEqual([
      `${prefix}BEARER_TOKEN: the file has 2 entries, and it is not known which is meant; set bearer_token in the file`,
    ]);
    expect(problemsOf(() => load(file, { options: { url: "http://c/" } }))).toEqual([
      "options: url: the file has 2 entries, and it is not known which is meant; set it in the file",
    ]);
  });

  it("have names of their own", () => {
    expect(problemsOf(() => load(file.replace("name: b", "name: a")))).toEqual([
      "config.yml:4: name: is that of another entry, too; give each its own",
    ]);
  });
});
