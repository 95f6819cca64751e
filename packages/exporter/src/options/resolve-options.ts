import { checkOptionKeys, describeKind } from "@otel-remote-write/auth";
import { remoteWriteClientOptionNames, type RemoteWriteClientOptions } from "@otel-remote-write/transport";
import { type TranslatorOptions, validateTranslatorOptions } from "@otel-remote-write/translator";
import { hostInstance } from "#host";
import type { RemoteWriteMetricExporterOptions } from "./exporter-options.js";
import { type ResolvedQueueOptions, resolveQueueOptions } from "./queue-options.js";

/** Options checked and sorted by the part that they are for. */
export interface ResolvedExporterOptions {
  readonly name: string | undefined;
  readonly client: RemoteWriteClientOptions;
  readonly queue: ResolvedQueueOptions;
  readonly translator: TranslatorOptions;
}

const owner = "RemoteWriteMetricExporter";

/** The names of all options. */
export const exporterOptionNames: readonly string[] = [
  ...remoteWriteClientOptionNames,
  "name",
  "queue",
  "translator",
  "unknownInstance",
];

/**
 * @throws {TypeError} naming the option, the kind of its value and the fix; the transport checks the options that are its
 * own when the client is created
 */
export function resolveExporterOptions(options: RemoteWriteMetricExporterOptions): ResolvedExporterOptions {
  checkOptionKeys(options, exporterOptionNames, owner);
  const { name, queue, translator, unknownInstance, ...client } = options;
  if (name !== undefined && (typeof name !== "string" || name === "")) {
    throw new TypeError(`${owner}: name must be a text, got ${describeKind(name)}`);
  }
  if (unknownInstance !== undefined && unknownInstance !== "omit") {
    throw new TypeError(
      `${owner}: unknownInstance must be "omit" or left out, got ${describeKind(unknownInstance)}`,
    );
  }
  if (translator !== undefined) validateTranslatorOptions(translator, "translator");
  checkMessageCarries(translator ?? {}, client.protobufMessage);
  return {
    name,
    client,
    queue: resolveQueueOptions(queue, owner),
    translator:
      unknownInstance === "omit" ? { ...translator } : { ...translator, fallbackInstance: hostInstance() },
  };
}

/** Custom buckets and names in UTF-8 need 2.0 (TR18, W1.15): with 1.0 every such series would be lost. */
function checkMessageCarries(
  { explicitHistograms, translationStrategy }: TranslatorOptions,
  message: RemoteWriteClientOptions["protobufMessage"],
): void {
  if (message === "io.prometheus.write.v2.Request") return;
  const needs =
    explicitHistograms !== undefined && explicitHistograms !== "classic"
      ? `translator.explicitHistograms: "${explicitHistograms}"`
      : translationStrategy === "NoUTF8EscapingWithSuffixes" || translationStrategy === "NoTranslation"
        ? `translator.translationStrategy: "${translationStrategy}"`
        : undefined;
  if (needs === undefined) return;
  throw new TypeError(
    `${owner}: ${needs} needs remote write 2.0; add protobufMessage: "io.prometheus.write.v2.Request", ` +
      "if the receiver takes that",
  );
}
