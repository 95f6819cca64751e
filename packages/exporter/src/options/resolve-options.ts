import type { MeterProvider } from "@opentelemetry/api";
import { checkOptionKeys, wrongOption } from "@otel-remote-write/auth";
import { remoteWriteClientOptionNames, type RemoteWriteClientOptions } from "@otel-remote-write/transport";
import { type TranslatorOptions, validateTranslatorOptions } from "@otel-remote-write/translator";
import { checkRuntime, hostInstance } from "#host";
import type { Relabel } from "../relabel/relabel.js";
import type { Spool } from "../spool/spool.js";
import type { RemoteWriteMetricExporterOptions } from "./exporter-options.js";
import { type ResolvedMetadataOptions, resolveMetadataOptions } from "./metadata-options.js";
import { resolveStaleMarkers, type StaleMarkers } from "./stale-markers.js";
import { type ResolvedQueueOptions, resolveQueueOptions } from "./queue-options.js";

/** Options checked and sorted by the part that they are for. */
export interface ResolvedExporterOptions {
  readonly name: string | undefined;
  readonly client: RemoteWriteClientOptions;
  readonly queue: ResolvedQueueOptions;
  readonly metadata: ResolvedMetadataOptions;
  readonly translator: TranslatorOptions;
  readonly relabel: Relabel | undefined;
  readonly staleMarkers: StaleMarkers;
  /** Checked when it is used. */
  readonly selfObsMeterProvider: MeterProvider | undefined;
  /** Likewise. */
  readonly spool: Spool | undefined;
}

const owner = "RemoteWriteMetricExporter";

/** The names of all options. */
export const exporterOptionNames: readonly string[] = [
  ...remoteWriteClientOptionNames,
  "metadata",
  "name",
  "queue",
  "relabel",
  "selfObsMeterProvider",
  "spool",
  "staleMarkers",
  "translator",
  "unknownInstance",
];

/**
 * @throws {Error} where Node is too old
 * @throws {TypeError} naming the option, the kind of its value and the fix; the transport checks the options that are its
 * own when the client is created
 */
export function resolveExporterOptions(options: RemoteWriteMetricExporterOptions): ResolvedExporterOptions {
  checkRuntime();
  checkOptionKeys(options, exporterOptionNames, owner);
  const {
    metadata,
    name,
    queue,
    relabel,
    selfObsMeterProvider,
    spool,
    staleMarkers,
    translator,
    unknownInstance,
    ...client
  } = options;
  if (name !== undefined && (typeof name !== "string" || name === "")) {
    throw wrongOption(name, "name", owner, "a non-empty string");
  }
  if (relabel !== undefined && typeof relabel !== "function") {
    throw wrongOption(relabel, "relabel", owner, "a function from labels to labels or undefined");
  }
  if (unknownInstance !== undefined && unknownInstance !== "omit") {
    throw wrongOption(unknownInstance, "unknownInstance", owner, '"omit" or left out');
  }
  if (translator !== undefined) validateTranslatorOptions(translator, owner, "translator");
  checkMessageCarries(translator ?? {}, client.protobufMessage);
  return {
    name,
    client,
    queue: resolveQueueOptions(queue, owner),
    metadata: resolveMetadataOptions(owner, metadata),
    relabel,
    spool,
    staleMarkers: resolveStaleMarkers(owner, staleMarkers),
    selfObsMeterProvider,
    translator:
      unknownInstance === "omit" ? { ...translator } : { fallbackInstance: hostInstance(), ...translator },
  };
}

/**
 * Custom buckets and names in UTF-8 need 2.0 (TR18, W1.15): over 1.0 every such series would be lost. With both kinds of
 * buckets and `"auto"`, what is lost where the receiver takes 1.0 is there in classic ones.
 */
function checkMessageCarries(
  { explicitHistograms = "classic", translationStrategy }: TranslatorOptions,
  message: RemoteWriteClientOptions["protobufMessage"] = "auto",
): void {
  if (message === "io.prometheus.write.v2.Request") return;
  const hasCustomBuckets =
    explicitHistograms === "customBuckets" || (explicitHistograms === "both" && message !== "auto");
  const hasUtf8Names = keepsUtf8Names({ translationStrategy });
  if (!hasCustomBuckets && !hasUtf8Names) return;
  const needs = hasCustomBuckets
    ? `explicitHistograms: "${explicitHistograms}"`
    : `translationStrategy: "${translationStrategy}"`;
  throw new TypeError(
    `${owner}: translator.${needs} needs remote write 2.0; add protobufMessage: "io.prometheus.write.v2.Request", ` +
      "if the receiver takes that",
  );
}

/** Whether names may hold any characters. */
export function keepsUtf8Names({ translationStrategy }: TranslatorOptions): boolean {
  return translationStrategy === "NoUTF8EscapingWithSuffixes" || translationStrategy === "NoTranslation";
}
