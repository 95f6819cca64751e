import type { Round, Series } from "../model/index.js";
import type { MessageFormat } from "./message-format.js";
import { type MessageLayout, writeHistograms } from "./message-layout.js";

/** The timestamp's place after the start of the value: eight bytes and the timestamp's tag. */
const timestampOffset = 9;
/** A timestamp takes six bytes as a varint from the first of these to below the second, 1971 to 2109. */
const firstRegular = 2 ** 35;
const endRegular = 2 ** 42;

/** The upper halves of the two NaNs (P3, P4). */
const quietNaN = 0x7ff8_0000;
const staleNaN = 0x7ff0_0000;

/**
 * Turns the last message into that of another Round of the same series, by writing values and timestamps over the old
 * ones. That is what makes an export in steady state cheap.
 *
 * @returns false when the Round is not of that kind; the message must then be built
 */
export function patchMessage(format: MessageFormat, layout: MessageLayout, round: Round): boolean {
  if (!layout.isRegular || round.exemplars.size > 0) return false;
  if (!hasSameSeries(layout.series, round) || !knowsHistograms(layout, round)) return false;
  if (format.hasStartTimestamps && !hasSameStarts(layout.startTimestamps, round)) return false;
  if (format.hasMetadata && !hasSameMetadata(layout, round.series)) return false;
  if (!patchSamples(layout, round)) return false;
  layout.writer.length = layout.histogramsStart;
  writeHistograms(layout.writer, format, layout.histogramHeads, round.histograms);
  return true;
}

function hasSameSeries(known: readonly Series[], { series, sampleCount }: Round): boolean {
  if (known === series) return known.length === sampleCount;
  if (known.length !== sampleCount) return false;
  for (let i = 0; i < sampleCount; i++) if (known[i] !== series[i]) return false;
  return true;
}

function hasSameStarts(known: Float64Array, { startTimestamps, sampleCount }: Round): boolean {
  if (known === startTimestamps) return true;
  for (let i = 0; i < sampleCount; i++) if (known[i] !== startTimestamps[i]) return false;
  return true;
}

function hasSameMetadata({ metadata, metadataStarts }: MessageLayout, series: readonly Series[]): boolean {
  return metadataStarts.every((start, i) => metadata[i] === series[start]?.metadata);
}

function knowsHistograms({ histogramHeads }: MessageLayout, { histograms }: Round): boolean {
  // Those that have gone are not carried along, and neither are their symbols, when they are a quarter.
  if (histogramHeads.size * 3 > histograms.length * 4) return false;
  return histograms.every(
    ({ series, exemplars }) =>
      exemplars.length === 0 && histogramHeads.get(series)?.metadata === series.metadata,
  );
}

function patchSamples({ writer: { view }, samplesStart, valueStarts }: MessageLayout, round: Round): boolean {
  const { values, timestamps, sampleCount } = round;
  let last = NaN;
  let low = 0;
  let high = 0;
  for (let i = 0; i < sampleCount; i++) {
    const timestamp = timestamps[i] as number;
    if (timestamp !== last) {
      if (!(timestamp >= firstRegular && timestamp < endRegular)) return false;
      last = timestamp;
      low = firstFourBytes(timestamp);
      high = lastTwoBytes(timestamp);
    }
    const start = samplesStart + (valueStarts[i] as number);
    const value = values[i] as number;
    if (value === value) {
      view.setFloat64(start, value, true);
    } else {
      view.setUint32(start, 0, true);
      view.setUint32(start + 4, quietNaN, true);
    }
    view.setUint32(start + timestampOffset, low, true);
    view.setUint16(start + timestampOffset + 4, high, true);
  }
  for (const index of round.staleSamples) {
    const start = samplesStart + (valueStarts[index] as number);
    view.setUint32(start, 2, true);
    view.setUint32(start + 4, staleNaN, true);
  }
  return true;
}

// A varint has seven bits in each byte, the lowest first, and all but the last byte have the highest bit set.

function firstFourBytes(timestamp: number): number {
  const bits = timestamp % 2 ** 28;
  const spread =
    (bits & 0x7f) | ((bits & 0x3f80) << 1) | ((bits & 0x1f_c000) << 2) | ((bits & 0xfe0_0000) << 3);
  return (spread | 0x8080_8080) >>> 0;
}

function lastTwoBytes(timestamp: number): number {
  const bits = Math.floor(timestamp / 2 ** 28);
  return (bits & 0x7f) | ((bits & 0x3f80) << 1) | 0x80;
}
