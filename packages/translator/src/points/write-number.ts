import type { DataPointInput } from "../input/metrics-input.js";
import { live } from "../intern/instrument.js";
import { pointExemplars } from "./exemplars.js";
import {
  seriesOf,
  writeCounted,
  writeExemplars,
  writeGauged,
  type PointContext,
  type Writing,
} from "./writing.js";

/** A sum or a gauge: one series. Only counters have a start time and exemplars (T9, T13, T14). */
export function writeNumberPoint<Owned>(
  writing: Writing<Owned>,
  context: PointContext<Owned>,
  point: DataPointInput,
): void {
  const { instrument, metadata, report, options } = writing;
  const { entry } = context;
  const value = numberOf(point.value);
  if (value === undefined && !context.stale) {
    report.drop(
      instrument.name,
      "invalid_value",
      `a point of ${instrument.name} has a value that is no number`,
    );
    return;
  }
  const main = live(entry.main) ?? seriesOf(writing, entry.base, metadata.familyName);
  entry.main = main;
  if (instrument.kind !== "counter") {
    writeGauged(writing, context, main, value ?? 0);
    return;
  }
  const series = writeCounted(writing, context, main, value ?? 0);
  if (point.exemplars !== undefined) {
    writeExemplars(writing, series, pointExemplars(point.exemplars, options.labelName));
  }
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" ? value : undefined;
}
