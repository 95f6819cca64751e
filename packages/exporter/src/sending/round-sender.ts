import type { Round, Series } from "@otel-remote-write/prompb";
import type { Aborted, Outcome, Refused, RemoteWriteClient, Retryable } from "@otel-remote-write/transport";
import { bytesOf, hasOutgrown, type Halves, halveRound } from "../batches/halve-round.js";
import { partitionRound, seriesOf } from "../batches/partition-round.js";
import type { RateLimitedLog } from "../log/rate-limited-log.js";
import type { StatsRecorder } from "../stats/stats-recorder.js";
import { createBisection, findingsOf, nextPart } from "./bisection.js";
import type { OutcomeCounter } from "./outcome-counter.js";
import {
  dividePart,
  type Part,
  type PendingRound,
  pointsLeft,
  pointsOf,
  removePart,
  replacePart,
} from "./pending-round.js";
import type { Quarantine } from "./quarantine.js";
import { metricsText, seriesText } from "./series-text.js";
import { createSuspects, type Suspicions } from "./suspects.js";

export interface RoundSenderOptions {
  readonly client: RemoteWriteClient;
  readonly counter: OutcomeCounter;
  readonly quarantine: Quarantine;
  readonly stats: StatsRecorder;
  readonly log: RateLimitedLog;
  /** A Round whose histograms or exemplars have outgrown this is too large; other Rounds keep to it by how they are made. */
  readonly maxBytesPerSend: number;
  readonly retryOnHttp429: boolean;
  readonly bisectOnBadRequest: boolean;
  /** Whether the endpoint is to be left alone: asked before each request but the first of a `send`. */
  readonly isPaused: () => boolean;
  /** Where suspicions are kept from one Round to the next; they hang on the objects where Rounds share their series. */
  readonly suspicions?: Suspicions | undefined;
  /** Told what became of each request. */
  readonly onOutcome: (round: Round, outcome: Outcome) => void;
}

/** What became of a Round. */
export type SendResult =
  /** Everything of it is acknowledged, or given up and counted. */
  | { readonly kind: "settled"; readonly failure: Error | undefined }
  /** What is left of it may succeed later. */
  | { readonly kind: "retry"; readonly outcome: Retryable }
  /** A request with so many points was cut off: the receiver may or may not have stored them. The rest was not sent. */
  | { readonly kind: "cut_off"; readonly outcome: Aborted; readonly points: number }
  /** Something is left, and the endpoint is to be left alone. */
  | { readonly kind: "paused" }
  | TooLarge;

/** The receiver takes no request of a Round's size (413), or it is over `maxBytesPerSend`: it has to be sent as two, those with the same series, too. */
export interface TooLarge {
  readonly kind: "too_large";
  /** What is left of the Round. */
  readonly round: Round;
  /** The series of its second half. */
  readonly second: ReadonlySet<Series>;
}

/** Brings a Round to the receiver, in one request where nothing is wrong, and counts what becomes of its points. */
export interface RoundSender {
  /** Sends what is left of a Round. Rounds with the same series must not be sent at the same time. Never rejects. */
  send(pending: PendingRound, signal: AbortSignal): Promise<SendResult>;
  /** Gives up what is left of a Round. */
  drop(pending: PendingRound, reason: string, error: Error): void;
}

/** How many answers with 429 in a row make a request go as two: a limit that others have used up mostly passes sooner. */
const limitsBeforeHalving = 8;
/** How many of one request do, where others are taken in between. */
const attemptsBeforeHalving = 20;

/** What an exemplar takes at most: 128 characters (T23), value and time. */
const exemplarBytes = 200;

export function createRoundSender(options: RoundSenderOptions): RoundSender {
  const { client, counter, maxBytesPerSend, quarantine, stats, log, onOutcome } = options;
  const suspects = createSuspects(options.suspicions ?? new WeakMap());
  /** How many answers with 429 there were since a request was taken. */
  let limits = 0;
  /** How many searches there were, of one Round each. */
  let searches = 0;

  async function send(pending: PendingRound, signal: AbortSignal): Promise<SendResult> {
    keepOut(pending);
    if (pending.bisection === undefined && suspects.separate(pending)) {
      pending.bisection = createBisection(pending, searches++, true);
    }
    for (let part = nextPart(pending); part !== undefined; part = nextPart(pending)) {
      const { round, counts, message } = part;
      const halves = isUndivided(pending) ? halvesOfOutgrown(part) : undefined;
      if (halves !== undefined) return { kind: "too_large", round, ...halves };
      const outcome = await client.send(
        { counts, encode: (as) => part.encode(round, as) },
        { signal, attempt: part.attempts++, message },
      );
      onOutcome(round, outcome);
      const result = take(pending, part, outcome);
      if (result !== undefined) return result;
      if (pending.parts.length > 0 && options.isPaused()) return { kind: "paused" };
    }
    conclude(pending);
    return { kind: "settled", failure: pending.failure };
  }

  /** How to divide a Round whose histograms and exemplars have outgrown the room in their batch; undefined where they have not. */
  function halvesOfOutgrown({ round, counts }: Part): Halves | undefined {
    // Sizes are made of labels, which steady Rounds must not cost.
    if (counts.exemplars === 0 && !round.histograms.some(({ histogram }) => hasOutgrown(histogram)))
      return undefined;
    const sizeOf = bytesOf(round);
    let size = counts.exemplars * exemplarBytes;
    for (const series of seriesOf(round)) size += sizeOf(series);
    return size > maxBytesPerSend ? halveRound(round, sizeOf) : undefined;
  }

  /** Takes in an answer; a result where nothing is to be sent now. */
  function take(pending: PendingRound, part: Part, outcome: Outcome): SendResult | undefined {
    if (outcome.kind === "refused") return takeRefusal(pending, part, outcome);
    if (outcome.kind === "retryable") {
      if (outcome.reason === "too_many_requests") {
        if (!options.retryOnHttp429) {
          dropPart(pending, part, outcome);
          return undefined;
        }
        if (++limits % limitsBeforeHalving === 0 || part.attempts % attemptsBeforeHalving === 0) {
          halvePart(pending, part);
        }
      }
      return { kind: "retry", outcome };
    }
    removePart(pending, part);
    if (outcome.kind === "acknowledged") {
      limits = 0;
      if (pending.bisection !== undefined) pending.bisection.accepted = true;
      pending.hasArrived = true;
      counter.countAcknowledged(part, outcome);
      return undefined;
    }
    return { kind: "cut_off", outcome, points: pointsOf(part) };
  }

  function takeRefusal(pending: PendingRound, part: Part, outcome: Refused): SendResult | undefined {
    if (outcome.reason === "payload_too_large") {
      const halves = halveRound(part.round, bytesOf(part.round));
      if (halves === undefined) dropPart(pending, part, outcome);
      else if (isUndivided(pending)) return { kind: "too_large", round: part.round, ...halves };
      else dividePart(pending, part, halves);
    } else if (
      outcome.reason === "bad_request" &&
      outcome.written === undefined &&
      options.bisectOnBadRequest
    ) {
      part.refusal = outcome;
      part.message = outcome.message;
      if (part.halfOf !== undefined) part.halfOf.refused++;
      if (pending.bisection === undefined) pending.bisection = createBisection(pending, searches++, false);
      else pending.bisection.refusals++;
    } else {
      dropPart(pending, part, outcome);
    }
    return undefined;
  }

  /** Drops what the search for bad series has left, and remembers what it has found out. */
  function conclude(pending: PendingRound): void {
    const { bad, suspected } = findingsOf(pending);
    suspects.add(suspected);
    const [first] = bad;
    if (first?.refusal !== undefined) {
      const series = bad.flatMap((part) => Array.from(seriesOf(part.round)));
      quarantine.add(series);
      const text = seriesText(series);
      log.warn(
        `quarantined ${text}`,
        `the receiver refuses these series, which are kept out for an hour: ${text}: ${first.refusal.error.message}`,
      );
    }
    for (const part of pending.parts) {
      if (part.refusal !== undefined) dropPart(pending, part, part.refusal);
    }
  }

  /** Drops what is in quarantine. */
  function keepOut(pending: PendingRound): void {
    if (quarantine.isEmpty()) return;
    let dropped = 0;
    const rounds: Round[] = [];
    for (const part of pending.parts) {
      const [rest, keptOut] = partitionRound(part.round, quarantine.has);
      const points = keptOut.sampleCount + keptOut.histograms.length;
      if (points === 0) continue;
      dropped += points;
      rounds.push(keptOut);
      replacePart(pending, part, rest);
    }
    if (dropped === 0) return;
    const text = `${dropped} samples dropped (quarantined) of ${metricsText(rounds)}: the receiver refused their series, which are kept out for an hour`;
    stats.dropped("quarantined", dropped);
    log.warn("quarantined", text);
    pending.failure ??= Object.assign(new Error(text), { reason: "quarantined" });
  }

  function dropPart(pending: PendingRound, part: Part, answer: Refused | Retryable): void {
    stats.failed(answer.error.message);
    const dropped = counter.countRefused(part, answer);
    if (dropped < pointsOf(part)) pending.hasArrived = true;
    stats.dropped(answer.reason, dropped);
    pending.failure ??= answer.error;
    removePart(pending, part);
  }

  function drop(pending: PendingRound, reason: string, error: Error): void {
    const points = pointsLeft(pending);
    pending.parts = [];
    pending.failure ??= error;
    if (points > 0) stats.dropped(reason, points);
  }

  return { send, drop };
}

/** A request with more samples than a rate limit's burst is never taken, however long it waits; a smaller one is. */
function halvePart(pending: PendingRound, part: Part): void {
  const halves = halveRound(part.round, () => 1);
  if (halves !== undefined) dividePart(pending, part, halves);
}

/** Whether what is left of a Round goes in one request: only then can its batch be split with it. */
function isUndivided({ parts, bisection }: PendingRound): boolean {
  return bisection === undefined && parts.length === 1;
}
