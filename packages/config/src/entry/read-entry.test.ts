import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { load, onlyPipeline, problemsOf } from "../testing.test-support.js";

const url = "https://example.com/api/v1/write";

/** The exporter's options apart from the URL. */
function optionsOf(text: string): object {
  const { url: _url, ...options } = onlyPipeline(load(`url: ${url}\n${text}`)).exporter;
  return options;
}

describe("a key becomes an option:", () => {
  it.each<[string, object]>([
    ["", {}],
    ["name: prod", { name: "prod" }],
    ["remote_timeout: 1m30s", { timeoutMillis: 90_000 }],
    ["headers: { X-Scope-OrgID: 5, b: ' x ' }", { headers: { "X-Scope-OrgID": "5", b: "x" } }],
    [
      "http_headers: { X-A: { values: [a, b] }, X-B: { secrets: [c] } }",
      { headers: { "X-A": "a, b", "X-B": "c" } },
    ],
    ["protobuf_message: prometheus.WriteRequest", { protobufMessage: "prometheus.WriteRequest" }],
    [
      "protobuf_message: io.prometheus.write.v2.Request",
      { protobufMessage: "io.prometheus.write.v2.Request" },
    ],
    ["protobuf_message: auto", { protobufMessage: "auto" }],
    ["external_labels: { a: x, b: 1 }", { translator: { externalLabels: { a: "x", b: "1" } } }],
    ["external_labels: {}", {}],
    ["proxy_url: http://proxy:3128\nno_proxy: a,b", { proxyUrl: "http://proxy:3128", noProxy: "a,b" }],
    ["proxy_from_environment: true", {}],
    ["proxy_from_environment: false", { noProxy: "*" }],
    ["proxy_from_environment: false\nproxy_url: http://proxy:3128", { proxyUrl: "http://proxy:3128" }],
    ["follow_redirects: false", { followRedirects: false }],
    ["follow_redirects: yes", { followRedirects: true }],
    [
      "tls_config: { server_name: a.example, insecure_skip_verify: true, min_version: TLS13 }",
      { tls: { serverName: "a.example", insecureSkipVerify: true, minVersion: "TLSv1.3" } },
    ],
    ["tls_config: {}", {}],
    [
      "queue_config: { capacity: 2500, max_samples_per_send: 500, min_backoff: 1s, max_backoff: 10s, sample_age_limit: 1h }",
      {
        queue: {
          maxSamples: 2500,
          maxSamplesPerSend: 500,
          minBackoffMillis: 1000,
          maxBackoffMillis: 10_000,
          sampleAgeLimitMillis: 3_600_000,
        },
      },
    ],
    ["queue_config: { sample_age_limit: 0s }", { queue: { sampleAgeLimitMillis: Number.MAX_SAFE_INTEGER } }],
    ["queue_config: { retry_on_http_429: false }", { queue: { retryOnHttp429: false } }],
    ["queue_config:", {}],
    [
      "metadata_config: { send: false, send_interval: 5m }",
      { metadata: { send: false, sendIntervalMillis: 300_000 } },
    ],
    ["quantiles: [0, 0.5, 1]", { translator: { quantiles: [0, 0.5, 1] } }],
    ["send_exemplars: true\nsend_native_histograms: true\nround_robin_dns: false", {}],
  ])("%s", (text, options) => {
    expect(optionsOf(text)).toEqual(options);
  });

  it("send_exemplars and send_native_histograms", () => {
    expect(onlyPipeline(load(`url: ${url}`))).toMatchObject({
      sendExemplars: true,
      sendNativeHistograms: true,
    });
    const text = `url: ${url}\nsend_exemplars: false\nsend_native_histograms: no`;
    expect(onlyPipeline(load(text))).toMatchObject({ sendExemplars: false, sendNativeHistograms: false });
  });

  it("push_interval and histogram_boundaries", () => {
    const pipeline = onlyPipeline(
      load(`url: ${url}\npush_interval: 10s\nhistogram_boundaries: [1, 2.5, 10]`),
    );
    expect(pipeline.exportIntervalMillis).toBe(10_000);
    expect(pipeline.exportTimeoutMillis).toBe(10_000);
    expect(pipeline.histogramBoundaries).toEqual([1, 2.5, 10]);
  });
});

it("tells relative paths from the folder of the file", () => {
  const lines = problemsOf(() => load(`url: ${url}\ntls_config:\n  ca_file: ca/missing.pem`));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    new RegExp(
      `^config\\.yml:3: tls_config\\.ca_file: ".*otel-remote-write-config-.*${join("ca", "missing.pem")}" does not exist; give the path of a PEM file$`,
    ),
  );
});

it("goes without TLS settings that are of no use, and says so", () => {
  const config = load("url: http://example.com/api/v1/write\ntls_config: { ca_file: missing.pem }");
  expect(onlyPipeline(config).exporter.tls).toBeUndefined();
  expect(config.warnings[0]).toContain(
    "config.yml:2: tls_config: has no effect, since url begins with http://",
  );
});

it("puts environment variables into values, and not into keys", () => {
  const env = { HOST: "example.com", TENANT: "a: b", TIMEOUT: "5s" };
  const config = load(
    "url: https://${HOST}/api/v1/write\nremote_timeout: ${TIMEOUT}\nheaders:\n  X-Scope-OrgID: ${TENANT}\n",
    { env },
  );
  expect(onlyPipeline(config).exporter).toEqual({
    url: "https://example.com/api/v1/write",
    timeoutMillis: 5000,
    headers: { "X-Scope-OrgID": "a: b" },
  });
});

it("takes $NAME for a variable in external labels, as Prometheus does", () => {
  const text = `global:\n  external_labels: { replica: $HOST, path: a$1 }\nremote_write:\n  - url: ${url}\n`;
  expect(onlyPipeline(load(text, { env: { HOST: "blue" } })).exporter.translator?.externalLabels).toEqual({
    replica: "blue",
    path: "a$1",
  });
  expect(problemsOf(() => load(text))).toEqual([
    "config.yml:2: external_labels.replica: the environment variable HOST is not set; set it, or write ${HOST:-default}",
  ]);
});

describe("says what is wrong:", () => {
  it.each([
    [
      "tls_config: { cert_file: a.pem }",
      "tls_config.cert_file: is given without key_file; give both, or neither",
    ],
    [
      "http_headers: { Content-Type: { values: [x] } }",
      "http_headers.Content-Type: is reserved by remote write",
    ],
    ["proxy_url: http://proxy:99999", "proxy_url: has a port that is no number from 1 to 65535; give"],
    ["remote_timout: 30s", "remote_timout: unknown key; did you mean remote_timeout?"],
    [
      "queue_config: { max_sampels_per_send: 5 }",
      "queue_config.max_sampels_per_send: unknown key; did you mean max_samples_per_send?",
    ],
    ["xyz: 1", "xyz: unknown key; known are url, name, "],
    ["remote_timeout: 30", "remote_timeout: must be a duration such as 30s"],
    ["remote_timeout: 0s", "remote_timeout: must be above 0"],
    ["remote_timeout: [30s]", "remote_timeout: must be a single value, but is a list"],
    ["headers: x", 'headers: must be a mapping, "name: value" a line below it, but is a single value'],
    [
      "headers: { Content-Type: x }",
      "headers.Content-Type: is reserved by remote write; the client sets it, leave it out",
    ],
    [
      "headers: { Authorization: hunter2 }",
      "headers.Authorization: holds credentials; give them as authorization",
    ],
    [
      "protobuf_message: v2",
      "protobuf_message: must be auto or prometheus.WriteRequest or io.prometheus.write.v2.Request",
    ],
    ["external_labels: { a-b: x }", "external_labels: a-b is no label name"],
    ["external_labels: { __name__: x }", "external_labels: cannot set __name__"],
    ["external_labels: { a: '' }", "external_labels: a is empty"],
    ["tls_config: { cert_file: c.pem }", "tls_config.cert_file: is given without key_file"],
    ["tls_config: { min_version: TLS9 }", "tls_config.min_version: must be TLS12 or TLS13"],
    ["tls_config: { ca: hunter2 }", "tls_config.ca: is not supported; put it into a file and give ca_file"],
    ["proxy_url: hunter2", "proxy_url: must begin with http:// or https://; give a URL such as"],
    [
      "proxy_url: http://p:1\nproxy_from_environment: true",
      "proxy_from_environment: goes not with proxy_url",
    ],
    [
      "proxy_connect_header: { a: [hunter2] }",
      "proxy_connect_header: headers for the proxy are not supported",
    ],
    ["queue_config: { capacity: 0 }", "queue_config.capacity: must be a whole number above 0"],
    ["queue_config: { capacity: many }", "queue_config.capacity: must be a whole number above 0"],
    [
      "queue_config: { max_backoff: 10ms }",
      "queue_config.max_backoff: min_backoff (30ms by default) must not be above",
    ],
    ["metadata_config: { send: maybe }", "metadata_config.send: must be true or false"],
    ["quantiles: [1.5]", "quantiles: must be numbers from 0 to 1"],
    ["quantiles: 0.5", "quantiles: must be a list, but is a single value"],
    ["quantiles: [x]", "quantiles: must be a list of numbers"],
    ["histogram_boundaries: [2, 1]", "histogram_boundaries: must rise from one to the next"],
    ["round_robin_dns: true", "round_robin_dns: is not supported"],
    ["azuread: { cloud: AzurePublic }", "azuread: is not supported in files; "],
    ["google_iam: {}", "google_iam: is not supported in files; "],
    ["name: ${MISSING}", "name: the environment variable MISSING is not set"],
  ])("%s", (text, problem) => {
    const lines = problemsOf(() => load(`url: ${url}\n${text}`));
    expect(lines.join("\n")).toContain(problem);
    expect(lines.join("\n")).not.toContain("hunter2");
    for (const line of lines) expect(line).toMatch(/^config\.yml:\d+: /);
  });

  it.each([
    ["name: x", "url: is missing; give the endpoint, such as http://localhost:9090/api/v1/write"],
    ["url:", "url: is missing; give the endpoint"],
    [
      "url: /api/prom/push",
      "config.yml:1: url: must begin with http:// or https://; give a URL such as http://localhost:9090/api/v1/write",
    ],
    [
      "url: http://user:hun#ter2@example.com/",
      "url: has a password with /, ? or #, which must be written %2F",
    ],
    ["url: http://user:hunter%@example.com/", 'url: has a "%" in user name or password; write it %25'],
    ["url: http://example.com:port/", "url: has a port that is no number from 1 to 65535"],
    ["url: ftp://example.com/", "config.yml:1: url: must begin with http:// or https://, not ftp://; give"],
  ])("%s", (text, problem) => {
    expect(problemsOf(() => load(text)).join("\n")).toContain(problem);
  });

  it("all of it at once, in the order of the lines", () => {
    const lines = problemsOf(() =>
      load(`url: ${url}\nx1: 1\nremote_timeout: x\nx2: 2\nfollow_redirects: x\n`),
    );
    expect(lines.map((line) => line.split(":")[1])).toEqual(["2", "3", "4", "5"]);
  });
});

describe("warns of what has no effect:", () => {
  it.each([
    ["queue_config: { max_shards: 3 }", "queue.maxParallelSends"],
    ["queue_config: { min_shards: 3 }", "queue.maxParallelSends"],
    ["queue_config: { batch_send_deadline: 5s }", "push_interval"],
    ["metadata_config: { max_samples_per_send: 5 }", "queue_config.max_samples_per_send"],
    ["enable_http2: true", "HTTP/1.1"],
    // A number for a shard in front of a log on disk.
    ["queue_config: { capacity: 10000 }", "in an outage what is more than 10000 is lost; leave it out"],
    [
      "basic_auth: { username: u, password: pa$$word }",
      "basic_auth.password: has $$, which stands for one $",
    ],
    ["headers: { X-Key: pa$$word }", "headers.X-Key: has $$, which stands for one $"],
    ["tls_config: { max_version: TLS12 }", "the newest version"],
    ["tls_config: { min_version: TLS10 }", "TLS12 is the least"],
  ])("%s", (text, warning) => {
    const { warnings } = load(`url: ${url}\n${text}`);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(warning);
  });

  it("and not of what asks for what is done anyway", () => {
    const text =
      "send_exemplars: true\ntls_config: { max_version: TLS13 }\nqueue_config: { capacity: 100000 }";
    expect(load(`url: ${url}\n${text}`).warnings).toEqual([]);
  });

  it("and not of $$ that nobody can mean otherwise", () => {
    const text =
      "headers: { a: '$${b}', c: $$$$ }\nexternal_labels: { d: $$x }\nwrite_relabel_configs: [{ target_label: e, replacement: $$ }]";
    const config = load(`url: ${url}\n${text}`);
    expect(config.warnings).toEqual([]);
    expect(onlyPipeline(config).exporter).toMatchObject({
      headers: { a: "${b}", c: "$$" },
      translator: { externalLabels: { d: "$x" } },
    });
  });
});
