import type { Exemplar, Round, RoundHistogram, Series } from "../model/index.js";
import { createByteReader, readText } from "./byte-reader.js";
import { readFields } from "./fields.js";
import { readTimeSeries, type TimeSeriesFields } from "./read-time-series.js";
import { createSymbols, type Symbols } from "./symbols.js";

/**
 * Decodes an `io.prometheus.write.v2.Request` (remote write 2.0), not compressed, to the Round that it was encoded from.
 * Fields that are not known are left out. Time and memory are bounded by the number of bytes.
 *
 * The series are new objects, one for each label set. 2.0 does not send the name of a metric's family: it is
 * the series' name without the suffixes of classic histograms and summaries.
 *
 * @throws {Error} for bytes that are no such message, and for histograms whose counts have fractions, which no Round
 * holds
 */
export function decodeRequest(bytes: Uint8Array): Round {
  const symbols: string[] = [];
  const timeSeries: TimeSeriesFields[] = [];
  const reader = createByteReader(bytes);
  readFields(reader, (tag) => {
    if (tag === 0x22) symbols.push(readText(reader));
    else if (tag === 0x2a) timeSeries.push(readTimeSeries(reader));
    else return false;
    return true;
  });
  return toRound(timeSeries, createSymbols(symbols));
}

function toRound(timeSeries: readonly TimeSeriesFields[], symbols: Symbols): Round {
  const identities = new Map<string, Series>();
  let sampleCount = 0;
  for (const { samples } of timeSeries) sampleCount += samples.length;
  const series: Series[] = [];
  const values = new Float64Array(sampleCount);
  const timestamps = new Float64Array(sampleCount);
  const startTimestamps = new Float64Array(sampleCount);
  const staleSamples = new Set<number>();
  const exemplarsOfSamples = new Map<number, readonly Exemplar[]>();
  const histograms: RoundHistogram[] = [];

  for (const one of timeSeries) {
    const identity = identityOf(one, symbols, identities);
    // Of several points an exemplar belongs to none in particular: it goes with the last one.
    const exemplars = one.exemplars.map(({ labelsRefs, value, timestamp }) => ({
      labels: symbols.labels(labelsRefs),
      value,
      timestamp,
    }));
    for (const { value, timestamp, startTimestamp, stale } of one.samples) {
      const index = series.length;
      series.push(identity);
      values[index] = stale === true ? NaN : value;
      timestamps[index] = timestamp;
      startTimestamps[index] = startTimestamp ?? 0;
      if (stale === true) staleSamples.add(index);
    }
    if (one.samples.length > 0 && exemplars.length > 0) exemplarsOfSamples.set(series.length - 1, exemplars);
    const last = one.samples.length > 0 ? -1 : one.histograms.length - 1;
    for (const [i, histogram] of one.histograms.entries()) {
      histograms.push({ series: identity, histogram, exemplars: i === last ? exemplars : [] });
    }
  }
  return {
    sampleCount,
    series,
    values,
    timestamps,
    startTimestamps,
    staleSamples,
    exemplars: exemplarsOfSamples,
    histograms,
  };
}

function identityOf(
  { labelsRefs, metadata, histograms }: TimeSeriesFields,
  symbols: Symbols,
  identities: Map<string, Series>,
): Series {
  // Of one label set; metadata may be another one where a foreign sender wrote the message.
  const key = `${labelsRefs.join(" ")},${metadata.type} ${metadata.helpRef} ${metadata.unitRef}`;
  const known = identities.get(key);
  if (known !== undefined) return known;
  const labels = symbols.labels(labelsRefs);
  const series: Series = {
    labels,
    metadata: symbols.metadata(metadata, labels, histograms.length > 0),
    owned: undefined,
  };
  identities.set(key, series);
  return series;
}
