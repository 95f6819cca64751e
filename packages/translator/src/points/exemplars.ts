import type { Exemplar, Label } from "@otel-remote-write/prompb";
import { hrTimeToMillis } from "../input/hr-time.js";
import type { ExemplarInput } from "../input/metrics-input.js";
import { attributeText } from "../labels/attribute-text.js";
import { compareBytes } from "../labels/byte-order.js";
import { collectLabels, type LabelNamer } from "../labels/label-collector.js";

/** So many characters may an exemplar's labels have together (T23). */
const maxCharacters = 128;

const noProblems = { collision() {}, reservedName() {}, invalidName() {} };

/** The exemplars of a point, sorted by their times; those without value or time are left out (T23, TR25). */
export function pointExemplars(inputs: readonly ExemplarInput[], namer: LabelNamer): Exemplar[] {
  const exemplars: Exemplar[] = [];
  if (!Array.isArray(inputs)) return exemplars;
  for (const input of inputs as readonly (ExemplarInput | null | undefined)[]) {
    const timestamp = hrTimeToMillis(input?.timestamp);
    const value: unknown = input?.value;
    if (!input || Number.isNaN(timestamp) || typeof value !== "number") continue;
    exemplars.push({ labels: exemplarLabels(input, namer), value, timestamp });
  }
  return exemplars.toSorted((a, b) => a.timestamp - b.timestamp);
}

/** The position of the bucket whose exemplar it is: that of the first bound at or above it (TR25). */
export function bucketOf(value: number, boundaries: readonly number[]): number {
  const position = boundaries.findIndex((bound) => value <= bound);
  return position === -1 ? boundaries.length : position;
}

/**
 * The trace's ids, and the filtered attributes as long as all together is short enough. Unlike a series, an exemplar
 * may have labels without a value: the attribute was there.
 */
function exemplarLabels(input: ExemplarInput, namer: LabelNamer): Label[] {
  const ids = new Map<string, string>();
  const traceId = attributeText(input.traceId);
  const spanId = attributeText(input.spanId);
  if (traceId !== "") ids.set("trace_id", traceId);
  if (spanId !== "") ids.set("span_id", spanId);
  const all = collectLabels(input.filteredAttributes ?? {}, namer, noProblems);
  for (const [name, value] of ids) all.set(name, value);
  const labels = characters(all) <= maxCharacters ? all : ids;
  if (characters(labels) > maxCharacters) return [];
  return Array.from(labels, ([name, value]) => ({ name, value })).toSorted((a, b) =>
    compareBytes(a.name, b.name),
  );
}

function characters(labels: ReadonlyMap<string, string>): number {
  let count = 0;
  for (const [name, value] of labels) count += codePoints(name) + codePoints(value);
  return count;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
