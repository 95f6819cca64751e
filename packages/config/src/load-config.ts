import type { Resource } from "@opentelemetry/resources";
import { checkDelayMillis, checkOptionKeys, checkText, wrongOption } from "@otel-remote-write/auth";
import type { RemoteWriteMetricExporterOptions } from "@otel-remote-write/exporter";
import { ConfigError } from "./config-error.js";
import { readEntry, type EntryOptions } from "./entry/read-entry.js";
import { authGroups } from "./auth/auth-groups.js";
import { type Environment, lookUp } from "./environment/environment.js";
import { parseMilliseconds, placeOf, readEnvironment } from "./environment/read-environment.js";
import { readResource } from "./environment/read-resource.js";
import { fileVariable } from "./environment/variables.js";
import { readConfigFile } from "./file/read-config-file.js";
import type { MappingNode } from "./source/config-node.js";
import { mergeMappings } from "./source/merge-mappings.js";
import { createProblems, type Problems } from "./source/problems.js";
import { mergeOptions } from "./merge-options.js";

/** What is set in code, and goes before the environment and the file. */
export interface ConfigOverrides extends Partial<Omit<RemoteWriteMetricExporterOptions, "url">> {
  /** Where to write. */
  readonly url?: string | URL | undefined;
  /** How often metrics are collected and sent, in milliseconds. */
  readonly exportIntervalMillis?: number | undefined;
  /** How long one collection and its sending may take, in milliseconds. */
  readonly exportTimeoutMillis?: number | undefined;
}

/** The options of {@link loadConfig}. */
export interface LoadConfigOptions {
  /**
   * The path of a YAML file: Prometheus' own configuration with `remote_write:`, a list of its entries, one entry, or the
   * retired Go exporter's file. Default: the one that `OTEL_EXPORTER_PROMETHEUS_REMOTE_WRITE_CONFIG_FILE` names, or none.
   */
  readonly file?: string | undefined;
  /** The environment variables. Default: `process.env`. */
  readonly env?: Environment | undefined;
  /** Options of the exporter and its reader. They go before the environment, which goes before the file. */
  readonly options?: ConfigOverrides | undefined;
}

/** One endpoint: an exporter and the reader that feeds it. */
export interface PipelineConfig {
  /** For `new RemoteWriteMetricExporter(…)`. */
  readonly exporter: RemoteWriteMetricExporterOptions;
  /** How often metrics are collected and sent, in milliseconds. */
  readonly exportIntervalMillis: number;
  /** How long that may take, in milliseconds. */
  readonly exportTimeoutMillis: number;
  /** The boundaries of histograms for which no view has others; undefined: the SDK's. */
  readonly histogramBoundaries: readonly number[] | undefined;
  /** Whether exponential histograms are sent, which become native ones. Only `send_native_histograms: false` says no. */
  readonly sendNativeHistograms: boolean;
  /** Whether exemplars are sent. Only `send_exemplars: false` says no. */
  readonly sendExemplars: boolean;
}

/** A configuration that was read and is good. */
export interface LoadedConfig {
  /** One for each entry of the file; without a file one. None where the SDK is disabled. */
  readonly pipelines: readonly PipelineConfig[];
  /** Whether `OTEL_SDK_DISABLED` is set. */
  readonly disabled: boolean;
  /** What `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` say of the application. */
  readonly resource: Resource;
  /** What has no effect, one line each, and what to use. */
  readonly warnings: readonly string[];
}

/** The names of all options. */
export const loadConfigOptionNames: readonly (keyof LoadConfigOptions)[] = ["file", "env", "options"];

const owner = "loadConfig";
const defaultIntervalMillis = 60_000;
const defaultTimeoutMillis = 30_000;

/**
 * Reads the configuration: what is set in code goes before environment variables, these before the file, and what is set
 * nowhere has the exporter's defaults.
 *
 * @throws {ConfigError} with everything that is wrong, one line each, which says where, what, and what to do; no line
 * holds a value, which may be a secret
 * @throws {TypeError} for an option of `loadConfig` that is unknown or of another kind; those of the exporter are checked
 * when it is made
 */
export function loadConfig(given: LoadConfigOptions = {}): LoadedConfig {
  checkOptionKeys(given, loadConfigOptionNames, owner);
  const { file, env = process.env, options = {} } = given;
  checkOwnOptions(file, env, options);
  const problems = createProblems();
  const resource = readResource(env, problems);
  if (readDisabled(env, problems)) {
    return { pipelines: [], disabled: true, resource, warnings: problems.warnings };
  }
  const ofEnvironment = readEnvironment(env, problems);
  const path = file ?? lookUp(env, fileVariable);
  const entries = path === undefined ? [ofEnvironment] : readConfigFile(path, problems);
  checkMeantForOne(entries, ofEnvironment, options, problems);
  const times = readTimes(env, problems);
  const pipelines = entries.map((entry) => {
    const merged = path === undefined ? entry : mergeMappings(ofEnvironment, entry, authGroups);
    const read = readEntry(merged, { problems, env, utf8Names: keepsUtf8Names(options) });
    if (options.url === undefined && (merged.entries.get("url")?.value.kind ?? "null") === "null") {
      const fix =
        "give the endpoint, such as http://localhost:9090/api/v1/write, in the file or as OTEL_EXPORTER_PROMETHEUS_REMOTE_WRITE_ENDPOINT";
      problems.error(merged.place, "url", `is missing; ${fix}`);
    }
    return toPipeline(read, options, times);
  });
  checkNames(pipelines, entries, problems);
  if (problems.errors.length > 0) throw new ConfigError(problems.errors);
  return { pipelines, disabled: false, resource, warnings: problems.warnings };
}

function checkOwnOptions(file: unknown, env: unknown, options: ConfigOverrides): void {
  if (file !== undefined) checkText(file, "file", owner);
  if (typeof env !== "object" || env === null)
    throw wrongOption(env, "env", owner, "an object such as process.env");
  if (typeof options !== "object" || options === null)
    throw wrongOption(options, "options", owner, "an object");
  for (const name of ["exportIntervalMillis", "exportTimeoutMillis"] as const) {
    if (options[name] !== undefined) checkDelayMillis(options[name], `options.${name}`, owner);
  }
}

function keepsUtf8Names({ translator }: ConfigOverrides): boolean {
  return translator?.translationStrategy?.startsWith("No") ?? false;
}

/** Only `true` disables, as OpenTelemetry's specification has it. */
function readDisabled(env: Environment, problems: Problems): boolean {
  const text = lookUp(env, "OTEL_SDK_DISABLED")?.toLowerCase();
  if (text !== undefined && text !== "true" && text !== "false") {
    problems.warn(placeOf("OTEL_SDK_DISABLED"), "", "must be true or false; it is taken for false");
  }
  return text === "true";
}

interface Times {
  readonly interval: number | undefined;
  readonly timeout: number | undefined;
}

function readTimes(env: Environment, problems: Problems): Times {
  const read = (name: string): number | undefined => {
    const text = lookUp(env, name);
    const millis = text === undefined ? undefined : parseMilliseconds(text);
    if (text !== undefined && millis === undefined) {
      problems.warn(placeOf(name), "", "must be a whole number of milliseconds above 0; it is ignored");
    }
    return millis;
  };
  return { interval: read("OTEL_METRIC_EXPORT_INTERVAL"), timeout: read("OTEL_METRIC_EXPORT_TIMEOUT") };
}

function toPipeline(read: EntryOptions, options: ConfigOverrides, times: Times): PipelineConfig {
  const { exportIntervalMillis, exportTimeoutMillis, ...ofExporter } = options;
  const interval =
    exportIntervalMillis ?? times.interval ?? read.exportIntervalMillis ?? defaultIntervalMillis;
  return {
    exporter: mergeOptions(ofExporter, read.exporter) as RemoteWriteMetricExporterOptions,
    exportIntervalMillis: interval,
    // The SDK wants it so.
    exportTimeoutMillis: Math.min(exportTimeoutMillis ?? times.timeout ?? defaultTimeoutMillis, interval),
    histogramBoundaries: read.histogramBoundaries,
    sendNativeHistograms: read.sendNativeHistograms,
    sendExemplars: read.sendExemplars,
  };
}

/** What belongs to an endpoint must not go to another one, least of all credentials. */
function checkMeantForOne(
  entries: readonly MappingNode[],
  ofEnvironment: MappingNode,
  options: ConfigOverrides,
  problems: Problems,
): void {
  if (entries.length < 2) return;
  const ofAll = new Set(["remote_timeout", "external_labels", "protobuf_message"]);
  for (const [key, { place }] of ofEnvironment.entries) {
    if (ofAll.has(key)) continue;
    problems.error(
      place,
      "",
      `the file has ${entries.length} entries, and it is not known which is meant; set ${key} in the file`,
    );
  }
  for (const key of ["url", "auth", "headers", "name"] as const) {
    if (options[key] === undefined) continue;
    problems.error(
      placeOf("options"),
      key,
      `the file has ${entries.length} entries, and it is not known which is meant; set it in the file`,
    );
  }
}

/** As in Prometheus, so that log lines tell them apart. */
function checkNames(
  pipelines: readonly PipelineConfig[],
  entries: readonly MappingNode[],
  problems: Problems,
): void {
  const seen = new Set<string>();
  for (const [i, { exporter }] of pipelines.entries()) {
    const place = entries[i]?.entries.get("name")?.place;
    if (exporter.name === undefined || place === undefined) continue;
    if (seen.has(exporter.name))
      problems.error(place, "name", "is that of another entry, too; give each its own");
    seen.add(exporter.name);
  }
}
