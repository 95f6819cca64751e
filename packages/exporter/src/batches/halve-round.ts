import type { Label, NativeHistogram, Round, Series } from "@otel-remote-write/prompb";
import { createSizeLimits, histogramLimit, histogramRoom } from "@otel-remote-write/prompb/encode";
import { seriesOf } from "./partition-round.js";

/** How a Round is divided in two. */
export interface Halves {
  readonly second: ReadonlySet<Series>;
  /** Whether all of it is one classic histogram or summary, which is not divided where anything else can be. */
  readonly isOneFamily: boolean;
}

/**
 * Divides the series of a Round into two halves of about the same weight, and keeps those of a classic histogram together
 * (E5). Undefined where there is only one series.
 *
 * @param share where the first part is not to be a half: the first of so many
 * @param turn begins at another place for each number
 */
export function halveRound(
  round: Round,
  weightOf: (series: Series) => number,
  share: number = 2,
  turn: number = 0,
): Halves | undefined {
  const families = familiesOf(round);
  const [only] = families;
  const isOneFamily = families.length === 1;
  const units = isOneFamily && only !== undefined ? only.map((series) => [series]) : families;
  if (units.length < 2) return undefined;
  units.push(...units.splice(0, (turn * 101) % units.length));
  const weights = units.map((unit) => unit.reduce((sum, series) => sum + weightOf(series), 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = weights[0] ?? 0;
  let end = 1;
  // As long as another unit brings the first half nearer to that.
  for (; end < units.length - 1; end++) {
    const weight = weights[end] ?? 0;
    if (Math.abs(before + weight - total / share) > Math.abs(before - total / share)) break;
    before += weight;
  }
  return { second: new Set(units.slice(end).flat()), isOneFamily };
}

/** What a series takes in a request at most: what a receiver that says 413 looks at. */
export function bytesOf(round: Round): (series: Series) => number {
  const limits = createSizeLimits();
  const sizes = new Map<Series, number>();
  for (const { series, histogram } of round.histograms) {
    const size = limits.ofSample(series) + histogramLimit(histogram);
    sizes.set(series, (sizes.get(series) ?? 0) + size);
  }
  return (series) => sizes.get(series) ?? limits.ofSample(series);
}

/** What is reserved for a Round's series in a batch. */
export function reservedBytes(round: Round): (series: Series) => number {
  const limits = createSizeLimits();
  const histograms = new Map(round.histograms.map(({ series, histogram }) => [series, histogram]));
  return (series) => {
    const histogram = histograms.get(series);
    return histogram === undefined ? limits.ofSample(series) : limits.ofHistogram(series, histogram);
  };
}

/** Whether a native histogram needs more than the room that its batch keeps for it. */
export function hasOutgrown(histogram: NativeHistogram): boolean {
  return histogramLimit(histogram) > histogramRoom;
}

/** The series, with those in a row that belong to one histogram or summary in one list. */
function familiesOf(round: Round): Series[][] {
  const families: Series[][] = [];
  for (const series of seriesOf(round)) {
    const last = families.at(-1);
    if (last?.[0] !== undefined && areOfOneFamily(last[0], series)) last.push(series);
    else families.push([series]);
  }
  return families;
}

function areOfOneFamily(a: Series, b: Series): boolean {
  const { type, familyName } = a.metadata;
  if (type !== "histogram" && type !== "summary") return false;
  if (familyName !== b.metadata.familyName || type !== b.metadata.type) return false;
  const [own, other] = [ownLabels(a), ownLabels(b)];
  return (
    own.length === other.length &&
    own.every(({ name, value }, i) => name === other[i]?.name && value === other[i].value)
  );
}

const ofFamily: ReadonlySet<string> = new Set(["__name__", "le", "quantile"]);

function ownLabels({ labels }: Series): Label[] {
  return labels.filter(({ name }) => !ofFamily.has(name));
}
