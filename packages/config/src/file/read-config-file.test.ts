import { join } from "node:path";
import { expect, it } from "vitest";
import { loadConfig } from "../load-config.js";
import { createFolder, load, onlyPipeline, problemsOf } from "../testing.test-support.js";

const url = "http://localhost:9090/api/v1/write";

it.each([
  ["Prometheus' own configuration", `remote_write:\n  - url: ${url}\n    name: a`],
  ["one entry under remote_write", `remote_write:\n  url: ${url}\n  name: a`],
  ["a list of entries", `- url: ${url}\n  name: a`],
  ["one entry", `url: ${url}\nname: a`],
  ["JSON", JSON.stringify({ remote_write: [{ url, name: "a" }] })],
])("takes %s", (_form, text) => {
  expect(onlyPipeline(load(text)).exporter).toEqual({ url, name: "a" });
});

it("makes a pipeline of every entry, with the external labels of global under its own", () => {
  const { pipelines } = load(`
global:
  external_labels: { cluster: eu, replica: "0" }
remote_write:
  - url: http://a/api/v1/write
  - url: http://b/api/v1/write
    external_labels: { replica: "1" }
`);
  expect(pipelines.map(({ exporter }) => exporter)).toEqual([
    { url: "http://a/api/v1/write", translator: { externalLabels: { cluster: "eu", replica: "0" } } },
    { url: "http://b/api/v1/write", translator: { externalLabels: { cluster: "eu", replica: "1" } } },
  ]);
});

it("warns about the rest of a Prometheus configuration, and refuses what that does not know", () => {
  const { warnings } = load(`
global: { scrape_interval: 15s, evaluation_interval: 15s }
scrape_configs: [{ job_name: x, anything: 1 }]
rule_files: [a.yml]
remote_write: [{ url: ${url} }]
`);
  expect(warnings.map((line) => line.replace(/^.*config\.yml/, ""))).toEqual([
    ":2: global.scrape_interval: has no effect here; push_interval in the entry or OTEL_METRIC_EXPORT_INTERVAL says " +
      "how often metrics are sent",
    ":2: global.evaluation_interval: has no effect here; of global only external_labels is read",
    ":3: scrape_configs: has no effect here; only remote_write and global.external_labels are read",
    ":4: rule_files: has no effect here; only remote_write and global.external_labels are read",
  ]);
  expect(problemsOf(() => load(`remote_write: [{ url: ${url} }]\nremote_reed: []`))).toEqual([
    "config.yml:2: remote_reed: unknown key; did you mean remote_read?",
  ]);
});

it.each([
  ["", "config.yml: config.yml has no remote_write entry; give one with url"],
  ["remote_write:\n", "config.yml: config.yml has no remote_write entry; give one with url"],
  ["remote_write: []\n", "config.yml: config.yml has no remote_write entry; give one with url"],
  ["hello", 'config.yml:1: must be an entry, "key: value" a line, but is a single value'],
  [
    "remote_write:\n  - hello",
    'config.yml:2: remote_write: must be an entry, "key: value" a line, but is a single value',
  ],
  ["remotewrite:\n  - url: x", "config.yml:1: remotewrite: unknown key; did you mean remote_write?"],
  ["scrape_configs: []", "config.yml:1: scrape_configs: unknown key; "],
])("says what is wrong with %j", (text, problem) => {
  expect(problemsOf(() => load(text))[0]).toContain(problem);
});

it("says that a file does not exist, or is too large", () => {
  const folder = createFolder({ "large.yml": `# ${"x".repeat(1024 * 1024)}` });
  expect(problemsOf(() => loadConfig({ file: join(folder, "none.yml"), env: {} }))).toEqual([
    `${join(folder, "none.yml")}: the configuration file does not exist; give the path of a file with a remote_write entry`,
  ]);
  expect(problemsOf(() => loadConfig({ file: join(folder, "large.yml"), env: {} }))[0]).toContain(
    "larger than 1024 KiB",
  );
});

it("takes the file that the environment names", () => {
  const folder = createFolder({ "config.yml": `url: ${url}` });
  const env = { OTEL_EXPORTER_PROMETHEUS_REMOTE_WRITE_CONFIG_FILE: join(folder, "config.yml") };
  expect(onlyPipeline(loadConfig({ env })).exporter).toEqual({ url });
});
