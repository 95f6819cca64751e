import type { Exemplar, NativeHistogram, Sample, Series, TimeSeries } from "@otel-remote-write/prompb";
import type { PointSink } from "./point-sink.js";

interface Points {
  readonly samples: Sample[];
  readonly histograms: NativeHistogram[];
  readonly exemplars: Exemplar[];
}

/** A sink that makes plain time series of the points, in the order in which the series came. */
export interface TimeSeriesSink<Owned> extends PointSink<Owned> {
  timeSeries(): TimeSeries[];
}

export function createTimeSeriesSink<Owned>(): TimeSeriesSink<Owned> {
  const points = new Map<Series<Owned>, Points>();

  function of(series: Series<Owned>): Points {
    let known = points.get(series);
    if (known === undefined) {
      known = { samples: [], histograms: [], exemplars: [] };
      points.set(series, known);
    }
    return known;
  }

  return {
    sample(series, value, timestamp, startTimestamp) {
      const start = startTimestamp === 0 ? {} : { startTimestamp };
      of(series).samples.push({ value, timestamp, ...start });
    },
    staleMarker(series, timestamp) {
      of(series).samples.push({ value: Number.NaN, timestamp, stale: true });
    },
    histogram(series, histogram) {
      of(series).histograms.push(histogram);
    },
    exemplar(series, exemplar) {
      of(series).exemplars.push(exemplar);
    },
    timeSeries() {
      return Array.from(points, ([{ labels, metadata }, { samples, histograms, exemplars }]) => ({
        labels,
        metadata,
        samples: samples.toSorted(byTimestamp),
        histograms: histograms.toSorted(byTimestamp),
        exemplars: exemplars.toSorted(byTimestamp),
      }));
    },
  };
}

/** W1.18, W2.32. */
function byTimestamp(a: { readonly timestamp: number }, b: { readonly timestamp: number }): number {
  return a.timestamp - b.timestamp;
}
