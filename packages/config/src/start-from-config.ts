import { diag, type MeterProvider as ApiMeterProvider, metrics } from "@opentelemetry/api";
import { defaultResource, type Resource } from "@opentelemetry/resources";
import { MeterProvider, type ViewOptions } from "@opentelemetry/sdk-metrics";
import { checkOptionKeys } from "@otel-remote-write/auth";
import type { ExporterStats } from "@otel-remote-write/exporter";
import { loadConfig, loadConfigOptionNames, type LoadConfigOptions } from "./load-config.js";
import { createPipeline, type Pipeline } from "./metric-readers.js";

/** The options of {@link startFromConfig}. */
export interface StartFromConfigOptions extends LoadConfigOptions {
  /**
   * What the metrics are about. It goes before `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES`, which are read in any
   * case. Default: the SDK's `defaultResource()`.
   */
  readonly resource?: Resource | undefined;
  /** Views of the SDK: other aggregations, fewer attributes. None by default. */
  readonly views?: ViewOptions[] | undefined;
}

/** Running pipelines from instruments to the endpoints of a configuration. */
export interface RemoteWriteFromConfig {
  /** Gives meters. It is also the global one, unless another was registered before. */
  readonly meterProvider: ApiMeterProvider;
  /** Collects and sends at once, to every endpoint. Never rejects. */
  forceFlush(): Promise<void>;
  /** Collects and sends for the last time. A second call waits for the first. Never rejects. */
  shutdown(): Promise<void>;
  /** What was sent, dropped and why, and what is queued, for each endpoint in the order of the file. */
  stats(): readonly ExporterStats[];
}

/**
 * Reads the configuration and starts sending: exporters, readers, and a meter provider, which is registered as the global
 * one. What has no effect in the configuration is warned about in OpenTelemetry's `diag` log. With `OTEL_SDK_DISABLED`
 * nothing is sent.
 *
 * @throws {ConfigError} with everything that is wrong with the configuration
 * @throws {TypeError} for an option of code that is wrong: it names the option and the fix
 */
export function startFromConfig(options: StartFromConfigOptions = {}): RemoteWriteFromConfig {
  return startPipelines(options).remoteWrite;
}

export interface StartedPipelines {
  readonly remoteWrite: RemoteWriteFromConfig;
  readonly pipelines: readonly Pipeline[];
}

/** As {@link startFromConfig}, with the parts of it in hand. */
export function startPipelines(options: StartFromConfigOptions): StartedPipelines {
  checkOptionKeys(options, [...loadConfigOptionNames, "resource", "views"], "startFromConfig");
  const { resource, views, ...toLoad } = options;
  const config = loadConfig(toLoad);
  for (const warning of config.warnings) diag.warn(`otel-remote-write: ${warning}`);
  const pipelines = config.pipelines.map(createPipeline);
  const meterProvider = new MeterProvider({
    readers: pipelines.map(({ reader }) => reader),
    resource: defaultResource()
      .merge(config.resource)
      .merge(resource ?? null),
    ...(views !== undefined && { views }),
  });
  // Of the SDK's provider and the one that does nothing, only the first can be flushed.
  const isGlobal =
    !config.disabled &&
    !("forceFlush" in metrics.getMeterProvider()) &&
    metrics.setGlobalMeterProvider(meterProvider);

  let shutdown: Promise<void> | undefined;
  const remoteWrite: RemoteWriteFromConfig = {
    meterProvider,
    forceFlush: () => settled(shutdown ?? meterProvider.forceFlush()),
    shutdown() {
      if (shutdown === undefined) {
        shutdown = settled(meterProvider.shutdown());
        if (isGlobal) metrics.disable();
      }
      return shutdown;
    },
    stats: () => pipelines.map(({ exporter }) => exporter.stats()),
  };
  return { remoteWrite, pipelines };
}

/** An observable's callback that throws must not reach the application through a flush. */
async function settled(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    diag.error("otel-remote-write: the SDK failed to flush", error);
  }
}
