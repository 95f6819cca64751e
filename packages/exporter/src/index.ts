export type { RemoteWriteMetricExporterOptions } from "./options/exporter-options.js";
export type { MetadataOptions } from "./options/metadata-options.js";
export type { QueueOptions } from "./options/queue-options.js";
export type { Relabel } from "./relabel/relabel.js";
export { RemoteWriteMetricExporter } from "./remote-write-metric-exporter.js";
export { type RemoteWrite, startRemoteWrite, type StartRemoteWriteOptions } from "./start-remote-write.js";
export type { ExporterStats, PointCounts } from "./stats/exporter-stats.js";
export type { Spool, SpoolEvents, SpoolRecord } from "./spool/spool.js";
