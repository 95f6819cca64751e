import { hrTimeToMillis } from "./hr-time.js";

/** Converts the times of points, each object of time once in a row, and keeps the range of their end times. */
export interface Clock {
  /** Forgets the range. */
  begin(): void;
  /** An end time in milliseconds; NaN: it is none. */
  end(time: unknown): number;
  /** A start time in milliseconds for a point of an end time: 0 where it is unknown or later (TR20). */
  start(time: unknown, end: number): number;
  readonly earliest: number;
  readonly latest: number;
}

export function createClock(): Clock {
  let lastEnd: unknown;
  let lastEndMillis = Number.NaN;
  let lastStart: unknown;
  let lastStartMillis = Number.NaN;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  return {
    begin() {
      lastEnd = undefined;
      lastEndMillis = Number.NaN;
      earliest = Number.POSITIVE_INFINITY;
      latest = Number.NEGATIVE_INFINITY;
    },
    end(time) {
      if (time === lastEnd) return lastEndMillis;
      lastEnd = time;
      lastEndMillis = hrTimeToMillis(time);
      if (lastEndMillis < earliest) earliest = lastEndMillis;
      if (lastEndMillis > latest) latest = lastEndMillis;
      return lastEndMillis;
    },
    start(time, end) {
      if (time !== lastStart) {
        lastStart = time;
        lastStartMillis = hrTimeToMillis(time);
      }
      return lastStartMillis <= end ? lastStartMillis : 0;
    },
    get earliest() {
      return earliest;
    },
    get latest() {
      return latest;
    },
  };
}
