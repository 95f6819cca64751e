import { pointExemplars } from "./exemplars.js";
import { isStale, seriesOf, writeExemplars, writeNumber, type PointWriter } from "./point-writer.js";

/** A sum or a gauge: one series. Only counters have a start time and exemplars (T9, T13, T14). */
export const writeNumberPoint: PointWriter<unknown> = (
  writing,
  instrument,
  metadata,
  entry,
  point,
  timestamp,
  startTimestamp,
) => {
  const stale = isStale(point);
  const value = typeof point.value === "bigint" ? Number(point.value) : point.value;
  if (typeof value !== "number" && !stale) {
    writing.report.drop(
      instrument.name,
      "invalid_value",
      `a point's value is ${kindOf(value)}, not a number`,
    );
    return;
  }
  const counter = instrument.kind === "counter";
  entry.main ??= seriesOf(writing, entry, metadata, metadata.familyName);
  const start = counter ? startTimestamp : 0;
  const series = writeNumber(writing, entry.main, stale, value as number, timestamp, start);
  if (counter && point.exemplars !== undefined) {
    writeExemplars(writing, series, pointExemplars(point, writing.options.labelName));
  }
};

function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}
