import type { Sample } from "@otel-remote-write/prompb";
import type { DecodedMessage, ReceivedHistogram } from "../decode/decoded-message.js";
import { samePoint } from "../store/points.js";
import type { SeriesStore } from "../store/series-store.js";
import { seriesKey } from "../store/stored-series.js";
import { describeSeries } from "./describe-series.js";
import type { Findings } from "./findings.js";
import type { RuleNumbers } from "./rule-numbers.js";

type Point = Sample | ReceivedHistogram;

/**
 * Points of a series in the order of their timestamps, W1.18 and W2.32: within the request, where a series may have
 * several entries (W2.38), and after what earlier requests brought. A point that is stored already, with the same
 * value, is in order: it comes with a retried request (W2.24).
 */
export function checkOrder(
  message: DecodedMessage,
  store: Pick<SeriesStore, "get">,
  rules: RuleNumbers,
  findings: Findings,
): void {
  const lastSample = new Map<string, Point>();
  const lastHistogram = new Map<string, Point>();
  for (const { labels, samples, histograms } of message.series) {
    const key = seriesKey(labels);
    const stored = store.get(key);
    const check = (points: readonly Point[], last: Map<string, Point>, kept: readonly Point[]): void => {
      for (const point of points) {
        const problem =
          compareInRequest(point, last.get(key)) ?? compareToStored(point, kept, stored?.trimmed);
        if (problem !== undefined) {
          findings.violation(rules.order, `series ${describeSeries(labels)}: ${problem}`);
        }
        last.set(key, point);
      }
    };
    check(samples, lastSample, stored?.samples ?? []);
    check(histograms, lastHistogram, stored?.histograms ?? []);
  }
}

function compareInRequest(point: Point, previous: Point | undefined): string | undefined {
  if (previous === undefined || point.timestamp > previous.timestamp) return undefined;
  if (point.timestamp < previous.timestamp) {
    return `timestamp ${point.timestamp} stands after ${previous.timestamp}`;
  }
  return samePoint(point, previous) ? undefined : `timestamp ${point.timestamp} has two values`;
}

/** Of what is older than all that is kept nothing can be said: it may have been dropped by the limits. */
function compareToStored(point: Point, kept: readonly Point[], trimmed = false): string | undefined {
  const last = kept.at(-1);
  const first = kept[0];
  if (last === undefined || first === undefined || point.timestamp > last.timestamp) return undefined;
  if (trimmed && point.timestamp < first.timestamp) return undefined;
  const same = kept.findLast((other) => other.timestamp === point.timestamp);
  if (same !== undefined) {
    return samePoint(point, same)
      ? undefined
      : `timestamp ${point.timestamp} came with another value in an earlier request`;
  }
  return `timestamp ${point.timestamp} comes after ${last.timestamp} of an earlier request`;
}
