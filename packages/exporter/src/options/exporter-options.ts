import type { MeterProvider } from "@opentelemetry/api";
import type { RemoteWriteClientOptions } from "@otel-remote-write/transport";
import type { TranslatorOptions } from "@otel-remote-write/translator";
import type { MetadataOptions } from "./metadata-options.js";
import type { Relabel } from "../relabel/relabel.js";
import type { Spool } from "../spool/spool.js";
import type { QueueOptions } from "./queue-options.js";
import type { StaleMarkers } from "./stale-markers.js";

/** Options of the exporter. Only `url` is required. What belongs to the endpoint stands at the top. */
export interface RemoteWriteMetricExporterOptions extends RemoteWriteClientOptions {
  /** Names this exporter in log lines, where an application has more than one. Default: the host of `url`. */
  readonly name?: string | undefined;
  /** How much is kept, how much is sent at once, and for how long it is tried. */
  readonly queue?: QueueOptions | undefined;
  /**
   * A durable queue, such as `createSpool({ directory })` of @otel-remote-write/spool: what it has accepted survives the
   * death of the process, and outages that are longer than memory would last. Default: none, what waits is in memory.
   * With it `queue.maxSamples` and `queue.maxBytes` hold only for what it does not accept, and its own age limit takes the
   * place of `queue.sampleAgeLimitMillis`. On Node only; one spool for each exporter.
   */
  readonly spool?: Spool | undefined;
  /** How metrics become series: names, labels, histograms. */
  readonly translator?: TranslatorOptions | undefined;
  /** Type, help and unit of metric families, as far as they are sent apart from samples: with remote write 1.0. */
  readonly metadata?: MetadataOptions | undefined;
  /**
   * When series get stale markers, by which a query knows at once that they have ended (W1.23, W2.34). `"auto"`, the
   * default: when the exporter is shut down, if the process has run for five minutes and the series carry `instance` (the
   * last values of a short job stay visible, and where processes share series none ends them for the others); and when a
   * series was in none of three successive collections in which its instrumentation scope brought others. `true`: in both
   * cases, always. `false`: never.
   */
  readonly staleMarkers?: StaleMarkers | undefined;
  /**
   * Gives series other labels, or leaves them out: called once for each series, with all its labels. None by default.
   * `@otel-remote-write/config` makes one of Prometheus' `write_relabel_configs`.
   */
  readonly relabel?: Relabel | undefined;
  /**
   * What becomes of the `instance` label where the resource has no `service.instance.id`. By default it is
   * `<host name>:<pid>`, so that replicas of a service never write to each other's series; on AWS Lambda the name of the
   * log stream, and where there is no host a random id. `"omit"`: there is no such label, as the specification has it
   * (T25, W1.14).
   */
  readonly unknownInstance?: "omit" | undefined;
  /**
   * Takes metrics about the exporter itself: those that the semantic conventions have for exporters
   * (`otel.sdk.exporter.…`), and what `stats()` says (`remote_write.…`). It may export through this exporter. None by
   * default, and then nothing is measured.
   */
  readonly selfObsMeterProvider?: MeterProvider | undefined;
}
