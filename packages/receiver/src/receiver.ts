import type { Metadata } from "@otel-remote-write/prompb";
import type { ScriptedAnswer } from "./answers/answer.js";
import type { Violation } from "./rules/findings.js";
import type { ReceivedRequest } from "./store/received-request.js";
import type { Totals } from "./store/request-log.js";
import type { Evicted } from "./store/series-store.js";
import type { LatestPoint, StoredSeries } from "./store/stored-series.js";

/** Labels that a series must have: equal to a string, or matching an expression. Others do not matter. */
export type SeriesMatcher = Readonly<Record<string, string | RegExp>>;

/** What to wait for: a number of requests or stored points since the start or the last reset, or anything else. */
export type WaitCondition =
  | { readonly requests?: number | undefined; readonly storedPoints?: number | undefined }
  | ((receiver: Receiver) => boolean);

/** A remote-write receiver on the loopback interface. */
export interface Receiver {
  /** Where to write to: `http://127.0.0.1:<port>/api/v1/write`. */
  readonly url: string;
  /** `http://127.0.0.1:<port>`: the JSON API is below it. */
  readonly origin: string;
  readonly port: number;

  /** All kept series, the longest unchanged first. */
  series(): StoredSeries[];
  /** The kept series that match. */
  find(matcher: SeriesMatcher): StoredSeries[];
  /**
   * The newest value of the one series that matches; undefined when none does, NaN when it has ended. More than one
   * is an error that names them, since a test that does not say which it means may read the wrong one.
   */
  value(matcher: SeriesMatcher): number | undefined;
  /** The newest point of every kept series. */
  latest(): LatestPoint[];
  /** Metadata by family, which only 1.0 has; a series' own metadata is in `series()`. */
  metadata(): Metadata[];

  /** The kept requests, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** The MUST rules that kept requests break. */
  readonly violations: readonly Violation[];
  /** The SHOULD rules that kept requests do not follow. */
  readonly warnings: readonly Violation[];
  /** Counts of everything received, whatever is still kept. */
  totals(): Totals;
  /** What the limits have pushed out. */
  evicted(): Evicted;

  /** Scripts the answers to the next write requests, one each; after them it is the default behaviour again. */
  answer(...answers: readonly ScriptedAnswer[]): void;
  /** Answers every write request without a scripted one; `undefined` brings the default behaviour back. */
  answerEvery(answer: ScriptedAnswer | undefined): void;

  /**
   * Resolves when the condition holds; it is looked at now and after every request that was recorded or has ended.
   * Rejects with the signal's reason, or when the receiver is closed.
   */
  waitFor(condition: WaitCondition, options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** Forgets all that was received, and the scripted answers. */
  reset(): void;
  /** Ends all connections and stops listening. What was received stays readable. A second call does nothing. */
  close(): Promise<void>;
}
