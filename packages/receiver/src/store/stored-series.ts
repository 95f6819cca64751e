import type { Exemplar, Label, Sample } from "@otel-remote-write/prompb";
import type { ReceivedHistogram, SeriesMetadata } from "../decode/decoded-message.js";

/** A series and the points that are kept of it, oldest first. */
export interface StoredSeries {
  /** All labels by name, `__name__` included, in the order they were sent in. */
  readonly labels: Readonly<Record<string, string>>;
  /** 2.0: as last sent with the series. 1.0: as last sent for its family. */
  readonly metadata?: SeriesMetadata | undefined;
  readonly samples: readonly Sample[];
  readonly histograms: readonly ReceivedHistogram[];
  readonly exemplars: readonly Exemplar[];
}

/** The newest point of a series: a sample's value or a whole histogram. */
export interface LatestPoint {
  readonly labels: Readonly<Record<string, string>>;
  readonly timestamp: number;
  /** Present when the newest point is a sample. NaN for a stale marker. */
  readonly value?: number | undefined;
  /** Present when the newest point is a native histogram. */
  readonly histogram?: ReceivedHistogram | undefined;
  /** True for a stale marker: the series has ended. */
  readonly stale?: boolean | undefined;
}

/** A series' identity: two label lists have the same key exactly when they are equal. */
export function seriesKey(labels: readonly Label[]): string {
  return JSON.stringify(labels.map(({ name, value }) => [name, value]));
}

export function latestPoint({ labels, samples, histograms }: StoredSeries): LatestPoint | undefined {
  const sample = samples.at(-1);
  const histogram = histograms.at(-1);
  if (histogram !== undefined && (sample === undefined || histogram.timestamp > sample.timestamp)) {
    return { labels, timestamp: histogram.timestamp, histogram, ...stale(histogram) };
  }
  return sample && { labels, timestamp: sample.timestamp, value: sample.value, ...stale(sample) };
}

function stale(point: { stale?: boolean | undefined }): { stale?: true } {
  return point.stale === true ? { stale: true } : {};
}
