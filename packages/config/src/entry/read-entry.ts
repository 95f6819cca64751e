import { checkHttpUrl } from "@otel-remote-write/auth";
import type { RemoteWriteMetricExporterOptions } from "@otel-remote-write/exporter";
import { authOfUrl, readAuth } from "../auth/read-auth.js";
import type { MappingNode } from "../source/config-node.js";
import { createSection, type Reading, type Section } from "../source/section.js";
import { readRelabelConfigs } from "../relabel/read-relabel-configs.js";
import { checkOptions } from "./check-options.js";
import { failOfOption } from "./fail-of-option.js";
import { readHeaders, withHeaderFiles } from "./read-headers.js";
import { readProxy } from "./read-proxy.js";
import { aboveZero, readMetadata, readQueue } from "./read-queue.js";
import { readTls } from "./read-tls.js";

/** What an entry says, as options of the parts it is for. */
export interface EntryOptions {
  readonly exporter: Partial<RemoteWriteMetricExporterOptions>;
  readonly exportIntervalMillis: number | undefined;
  readonly histogramBoundaries: readonly number[] | undefined;
  readonly sendNativeHistograms: boolean;
  readonly sendExemplars: boolean;
}

const messages = ["auto", "prometheus.WriteRequest", "io.prometheus.write.v2.Request"] as const;

/** Reads one entry whose keys are known ones. */
export function readEntry(mapping: MappingNode, reading: Reading): EntryOptions {
  const entry = createSection(mapping, "", reading);
  const url = readUrl(entry);
  const headers = readHeaders(entry);
  const auth = withHeaderFiles(readAuth(entry, url && authOfUrl(entry, url), reading.env), headers.fromFiles);
  const proxy = readProxy(entry);
  const externalLabels = readLabels(entry);
  const quantiles = readQuantiles(entry);
  const exporter = given<Partial<RemoteWriteMetricExporterOptions>>({
    url: url && withoutCredentials(url, entry),
    name: entry.text("name") || undefined,
    timeoutMillis: aboveZero(entry, "remote_timeout"),
    headers: Object.keys(headers.fixed).length > 0 ? headers.fixed : undefined,
    auth,
    protobufMessage: readMessage(entry),
    ...proxy,
    tls: readTlsOfUse(entry, url, proxy.proxyUrl),
    followRedirects: entry.boolean("follow_redirects"),
    relabel: readRelabelConfigs(entry, reading.utf8Names),
    queue: readQueue(entry.section("queue_config")),
    metadata: readMetadata(entry.section("metadata_config")),
    translator:
      externalLabels === undefined && quantiles === undefined
        ? undefined
        : given({ externalLabels, quantiles }),
  });
  checkOptions(entry, exporter);
  return {
    exporter,
    exportIntervalMillis: aboveZero(entry, "push_interval"),
    histogramBoundaries: readBoundaries(entry),
    sendNativeHistograms: entry.boolean("send_native_histograms") ?? true,
    sendExemplars: entry.boolean("send_exemplars") ?? true,
  };
}

function readUrl(entry: Section): URL | undefined {
  const text = entry.text("url")?.trim();
  if (text === undefined) return undefined;
  try {
    return checkHttpUrl(text, "url", "config", "http://localhost:9090/api/v1/write");
  } catch (error) {
    failOfOption(entry, error, "url");
    return undefined;
  }
}

/** As it is written, where there are none. */
function withoutCredentials(url: URL, entry: Section): string | undefined {
  if (url.username === "" && url.password === "") return entry.text("url")?.trim();
  const copy = new URL(url);
  copy.username = "";
  copy.password = "";
  return copy.href;
}

function readMessage(entry: Section): (typeof messages)[number] | undefined {
  const text = entry.text("protobuf_message");
  const message = messages.find((each) => each === text);
  if (text !== undefined && message === undefined) {
    entry.fail("protobuf_message", `must be ${messages.join(" or ")}`);
  }
  return message;
}

/** As Prometheus, which does not mind TLS settings of an entry that goes without TLS; but said. */
function readTlsOfUse(
  entry: Section,
  url: URL | undefined,
  proxyUrl: string | URL | undefined,
): RemoteWriteMetricExporterOptions["tls"] {
  const tls = readTls(entry.section("tls_config"));
  if (tls === undefined || url?.protocol !== "http:") return tls;
  if (proxyUrl !== undefined && String(proxyUrl).startsWith("https:")) return tls;
  entry.warn("tls_config", "has no effect, since url begins with http://");
  return undefined;
}

function readLabels(entry: Section): Readonly<Record<string, string>> | undefined {
  const labels = entry.labels("external_labels");
  for (const [name, value] of Object.entries(labels ?? {})) {
    if (!/^[A-Za-z_]\w*$/.test(name))
      entry.fail("external_labels", `${name} is no label name; use letters, digits, _`);
    else if (name === "__name__") entry.fail("external_labels", "cannot set __name__");
    else if (value === "")
      entry.fail("external_labels", `${name} is empty; give it a value, or leave it out`);
  }
  return labels !== undefined && Object.keys(labels).length > 0 ? labels : undefined;
}

function readQuantiles(entry: Section): readonly number[] | undefined {
  const quantiles = entry.numbers("quantiles");
  if (quantiles?.some((each) => each < 0 || each > 1) === true) {
    entry.fail("quantiles", "must be numbers from 0 to 1");
  }
  return quantiles;
}

function readBoundaries(entry: Section): readonly number[] | undefined {
  const boundaries = entry.numbers("histogram_boundaries");
  if (boundaries?.some((each, i) => i > 0 && each <= (boundaries[i - 1] ?? NaN)) === true) {
    entry.fail("histogram_boundaries", "must rise from one to the next");
  }
  return boundaries;
}

/** Without what is undefined, which would stand in the way of what is given elsewhere. */
function given<Options extends object>(options: {
  readonly [Key in keyof Options]: Options[Key] | undefined;
}): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;
}
