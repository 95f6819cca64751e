import { hrTimeToMillis } from "./hr-time.js";

/**
 * Reads the end times of points: each object of time once, as long as it comes again and again. Every new one gets a
 * stamp, a number that rises over all rounds.
 */
export interface Clock {
  /** Begins a round. */
  begin(): void;
  /** Begins a metric: stamps of those before it have no time any more. */
  beginMetric(): void;
  /** Reads an end time in milliseconds; NaN: it is none. */
  read(time: unknown): number;
  /** The stamp of the time that was read last. */
  readonly stamp: number;
  /** The time of a stamp; undefined: it is not of this metric. */
  timeOf(stamp: number): number | undefined;
  /** The range of the times read in this round. */
  readonly earliest: number;
  readonly latest: number;
}

export function createClock(): Clock {
  let last: unknown;
  let lastMillis = Number.NaN;
  let stamp = 0;
  let firstStamp = 1;
  /** The times of this metric, by their stamps from `firstStamp` on. */
  let times: number[] = [];
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  return {
    begin() {
      last = undefined;
      lastMillis = Number.NaN;
      earliest = Number.POSITIVE_INFINITY;
      latest = Number.NEGATIVE_INFINITY;
    },
    beginMetric() {
      // Also a time that is read again gets a new stamp.
      last = undefined;
      lastMillis = Number.NaN;
      firstStamp = stamp + 1;
      times = [];
    },
    read(time) {
      if (time === last) return lastMillis;
      last = time;
      lastMillis = hrTimeToMillis(time);
      stamp++;
      times.push(lastMillis);
      if (lastMillis < earliest) earliest = lastMillis;
      if (lastMillis > latest) latest = lastMillis;
      return lastMillis;
    },
    get stamp() {
      return stamp;
    },
    timeOf: (each) => (each < firstStamp ? undefined : times[each - firstStamp]),
    get earliest() {
      return earliest;
    },
    get latest() {
      return latest;
    },
  };
}
