import { isDeepStrictEqual } from "node:util";
import type { Exemplar, Sample } from "@otel-remote-write/prompb";
import type { ReceivedHistogram } from "../decode/decoded-message.js";

type Point = Sample | ReceivedHistogram;

/** Whether two points say the same at the same time. Stale markers are unlike every other NaN. */
export function samePoint(a: Point, b: Point): boolean {
  if (a.stale === true || b.stale === true) return a.stale === b.stale;
  if ("value" in a && "value" in b) return Object.is(a.value, b.value);
  return isDeepStrictEqual({ ...a, startTimestamp: 0 }, { ...b, startTimestamp: 0 });
}

/**
 * Appends the points that are newer than the last one: what is left out is there already, since a request with
 * other points of the past breaks a rule and is not stored. Returns how many were appended.
 */
export function appendNewer<P extends Point>(kept: P[], points: readonly P[]): number {
  const before = kept.length;
  for (const point of points) {
    const last = kept.at(-1);
    if (last === undefined || point.timestamp > last.timestamp) kept.push(point);
  }
  return kept.length - before;
}

/** Appends exemplars that are not there yet. Returns how many were appended. */
export function appendExemplars(kept: Exemplar[], exemplars: readonly Exemplar[]): number {
  const before = kept.length;
  for (const exemplar of exemplars) {
    if (!kept.some((other) => isDeepStrictEqual(other, exemplar))) kept.push(exemplar);
  }
  return kept.length - before;
}
