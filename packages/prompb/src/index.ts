export {
  customBucketsSchema,
  type BucketSpan,
  type Exemplar,
  type Label,
  type Metadata,
  type MetricType,
  type NativeHistogram,
  type Round,
  type RoundHistogram,
  type Sample,
  type Series,
  type SeriesBlock,
  type TimeSeries,
} from "./model/index.js";
export { toRequest } from "./message/request.js";
export { toWriteRequest } from "./message/write-request.js";
