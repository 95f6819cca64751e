import type { Exemplar, Label, Metadata, NativeHistogram, Sample } from "@otel-remote-write/prompb";
import type { MessageType } from "../message-type.js";

/** A message of either type, in one shape. */
export interface DecodedMessage {
  readonly type: MessageType;
  readonly series: readonly DecodedSeries[];
  /** Metadata by family, which only 1.0 has. */
  readonly families: readonly Metadata[];
}

/** One TimeSeries as it stands in the message. */
export interface DecodedSeries {
  readonly labels: readonly Label[];
  readonly samples: readonly Sample[];
  readonly histograms: readonly ReceivedHistogram[];
  readonly exemplars: readonly Exemplar[];
  /** Metadata of the series, which only 2.0 has. */
  readonly metadata?: SeriesMetadata | undefined;
}

/** Type, help and unit of a series' family. */
export type SeriesMetadata = Omit<Metadata, "familyName">;

/** A native histogram as received, of the integer or the float flavour. 64-bit integers beyond 2^53 are rounded. */
export interface ReceivedHistogram extends NativeHistogram {
  /** Float flavour: the counts themselves, instead of `positiveDeltas`. */
  readonly positiveCounts?: readonly number[] | undefined;
  /** Float flavour: the counts themselves, instead of `negativeDeltas`. */
  readonly negativeCounts?: readonly number[] | undefined;
  readonly resetHint: "unknown" | "yes" | "no" | "gauge";
}

/** How many of each kind a message holds. */
export interface MessageCounts {
  readonly series: number;
  readonly samples: number;
  readonly histograms: number;
  readonly exemplars: number;
  /** Metadata entries of their own (1.0). */
  readonly metadata: number;
}

export const noCounts: MessageCounts = { series: 0, samples: 0, histograms: 0, exemplars: 0, metadata: 0 };

export function countMessage(message: DecodedMessage): MessageCounts {
  const sum = (size: (series: DecodedSeries) => number): number =>
    message.series.reduce((total, series) => total + size(series), 0);
  return {
    series: message.series.length,
    samples: sum((series) => series.samples.length),
    histograms: sum((series) => series.histograms.length),
    exemplars: sum((series) => series.exemplars.length),
    metadata: message.families.length,
  };
}
