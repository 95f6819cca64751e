import type { MessageCounts } from "../decode/decoded-message.js";
import type { Limits } from "../limits.js";
import type { ReceivedRequest } from "./received-request.js";

/** Counts since the start or the last `reset()`, whatever is still kept. */
export interface Totals extends MessageCounts {
  readonly requests: number;
  /** Samples, histograms and exemplars of requests that were stored. */
  readonly storedPoints: number;
  readonly violations: number;
  readonly warnings: number;
}

/** The most recent requests, oldest first. */
export interface RequestLog {
  nextId(): number;
  add(request: ReceivedRequest): void;
  list(): ReceivedRequest[];
  totals(): Totals;
  clear(): void;
}

const nothing: Totals = {
  requests: 0,
  series: 0,
  samples: 0,
  histograms: 0,
  exemplars: 0,
  metadata: 0,
  storedPoints: 0,
  violations: 0,
  warnings: 0,
};

export function createRequestLog(limits: Limits): RequestLog {
  let kept: ReceivedRequest[] = [];
  let bodyBytes = 0;
  let id = 0;
  let totals = nothing;
  return {
    nextId: () => ++id,
    add(request): void {
      kept.push(request);
      bodyBytes += request.body.length;
      while (kept.length > limits.requests || (bodyBytes > limits.bodyBytes && kept.length > 1)) {
        bodyBytes -= kept.shift()?.body.length ?? 0;
      }
      totals = addUp(totals, request);
    },
    list: () => [...kept],
    totals: () => totals,
    clear(): void {
      kept = [];
      bodyBytes = 0;
      totals = nothing;
    },
  };
}

function addUp(totals: Totals, { counts, stored, violations, warnings }: ReceivedRequest): Totals {
  const points = counts.samples + counts.histograms + counts.exemplars;
  return {
    requests: totals.requests + 1,
    series: totals.series + counts.series,
    samples: totals.samples + counts.samples,
    histograms: totals.histograms + counts.histograms,
    exemplars: totals.exemplars + counts.exemplars,
    metadata: totals.metadata + counts.metadata,
    storedPoints: totals.storedPoints + (stored ? points : 0),
    violations: totals.violations + violations.length,
    warnings: totals.warnings + warnings.length,
  };
}
