import { parseHttpDate } from "#http-date";
import type { Warn } from "../http/http.js";

/** Compares this machine's clock with the receiver's (E11). */
export interface ClockSkew {
  /** @param date the header `Date` of an answer that has just come */
  answered(date: string | undefined): void;
}

/** Receivers refuse samples that are ten minutes in the future; the header has whole seconds, and answers take a while. */
const toleratedMillis = 60_000;

/** @param warn called as the clocks are found to differ, and again only after they did not. */
export function createClockSkew(warn: Warn, now: () => number): ClockSkew {
  let isSkewed = false;
  return {
    answered(date) {
      const theirs = date === undefined ? undefined : parseHttpDate(date, now());
      if (theirs === undefined) return;
      const aheadMillis = now() - theirs;
      const wasSkewed = isSkewed;
      isSkewed = Math.abs(aheadMillis) > toleratedMillis;
      if (!isSkewed || wasSkewed) return;
      const seconds = Math.round(Math.abs(aheadMillis) / 1000);
      const direction = aheadMillis > 0 ? "ahead of" : "behind";
      warn(
        "clock_skew",
        `this machine's clock is ${seconds} s ${direction} the receiver's, by the Date header of its answer: samples will be ` +
          "stored with wrong times, or refused; set the clock, by NTP for example",
      );
    },
  };
}
