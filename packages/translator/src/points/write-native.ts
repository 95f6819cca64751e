import type { Exemplar } from "@otel-remote-write/prompb";
import { live } from "../intern/instrument.js";
import type { NativeResult } from "../native/native-result.js";
import { seriesOf, warnOfCount, writeExemplars, type PointContext, type Writing } from "./writing.js";

/** Writes a native histogram with its exemplars. Where there is none, or its count was corrected, that is reported. */
export function writeNative<Owned>(
  writing: Writing<Owned>,
  { entry }: PointContext<Owned>,
  result: NativeResult,
  exemplars: readonly Exemplar[] | undefined,
): void {
  const { emitter, report, metadata, instrument } = writing;
  const { name } = instrument;
  if ("reason" in result) {
    report.drop(name, result.reason, `a point of ${name} ${result.detail}`);
    return;
  }
  const { histogram, givenCount } = result;
  if (givenCount !== undefined) warnOfCount(writing, givenCount, histogram.count);
  entry.main = live(entry.main) ?? seriesOf(writing, entry.base, metadata.familyName);
  writeExemplars(writing, emitter.histogram(entry.main, histogram), exemplars);
}
