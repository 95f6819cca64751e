export type { Exemplar } from "./exemplar.js";
export type { Label } from "./label.js";
export type { Metadata, MetricType } from "./metadata.js";
export { customBucketsSchema, type BucketSpan, type NativeHistogram } from "./native-histogram.js";
export type { Round, RoundHistogram } from "./round.js";
export type { Sample } from "./sample.js";
export type { Series } from "./series.js";
export type { SeriesBlock } from "./series-block.js";
export type { TimeSeries } from "./time-series.js";
