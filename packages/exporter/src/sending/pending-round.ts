import type { Round } from "@otel-remote-write/prompb";
import type { ProtobufMessage, Refused } from "@otel-remote-write/transport";
import { encodeAlone } from "../batches/batch.js";
import { partitionRound } from "../batches/partition-round.js";
import type { Halves } from "../batches/halve-round.js";
import type { PointCounts } from "../stats/exporter-stats.js";
import type { Bisection } from "./bisection.js";

/** Gives the bytes of a message with a Round's points. */
export type EncodeRound = (round: Round, message: ProtobufMessage) => Uint8Array;

/** Some of a Round's series, which go in one request. */
export interface Part {
  readonly round: Round;
  readonly counts: PointCounts;
  readonly encode: EncodeRound;
  /** The message to send it as: that which was refused. Undefined: which the client finds best. */
  message: ProtobufMessage | undefined;
  /** How often it was sent. */
  attempts: number;
  /** By what the receiver refused it, or more than it: it is still to be found out which series are the reason. */
  refusal: Refused | undefined;
  /** The division that it comes from, shared with the other half. */
  readonly halfOf: Division | undefined;
}

/** What is known of a part besides its Round. */
interface PartOrigin {
  readonly counts?: PointCounts | undefined;
  readonly message?: ProtobufMessage | undefined;
  readonly halfOf?: Division | undefined;
}

/** A part that was divided in two because it was refused. */
interface Division {
  readonly isOneFamily: boolean;
  /** How many of its halves are refused. */
  refused: number;
}

/** A Round, as far as it is neither acknowledged nor given up. Requests take it down to nothing. */
export interface PendingRound {
  /** Their series are disjoint, so that they can go in any order. At first the Round is one part. */
  parts: Part[];
  /** How its bad series are being found, where the receiver refused it. */
  bisection: Bisection | undefined;
  /** Whether a receiver took something of it. */
  hasArrived: boolean;
  /** The first reason why something of it was given up. */
  failure: Error | undefined;
}

/**
 * @param encode of the Round's batch, which knows its series from the Round before
 * @param counts of the Round's points, where they are known already
 */
export function createPendingRound(round: Round, encode: EncodeRound, counts?: PointCounts): PendingRound {
  const part = createPart(round, encode, { counts });
  return { parts: [part], bisection: undefined, hasArrived: false, failure: undefined };
}

export function createPart(
  round: Round,
  encode: EncodeRound,
  { counts = countPoints(round), message, halfOf }: PartOrigin = {},
): Part {
  return { round, counts, encode, message, attempts: 0, refusal: undefined, halfOf };
}

/** How many samples and histograms are left. */
export function pointsLeft({ parts }: PendingRound): number {
  return parts.reduce((sum, part) => sum + pointsOf(part), 0);
}

export function pointsOf({ counts }: Pick<Part, "counts">): number {
  return counts.samples + counts.histograms;
}

export function removePart(pending: PendingRound, part: Part): void {
  pending.parts = pending.parts.filter((each) => each !== part);
}

/** Puts what is left of a part into its place. */
export function replacePart(pending: PendingRound, part: Part, round: Round): void {
  const rest = { ...part, round, counts: countPoints(round) };
  pending.parts = pending.parts.flatMap((each) => {
    if (each !== part) return [each];
    return pointsOf(rest) > 0 ? [rest] : [];
  });
}

/** Puts the halves of a part into its place. */
export function dividePart(pending: PendingRound, part: Part, { second, isOneFamily }: Halves): void {
  const { message } = part;
  const halfOf = { isOneFamily, refused: 0 };
  const halves = partitionRound(part.round, (series) => second.has(series)).map((round) =>
    createPart(round, encodeAlone, { message, halfOf }),
  );
  pending.parts = pending.parts.flatMap((each) => (each === part ? halves : [each]));
}

export function countPoints(round: Round): PointCounts {
  let exemplars = 0;
  for (const ofSample of round.exemplars.values()) exemplars += ofSample.length;
  for (const histogram of round.histograms) exemplars += histogram.exemplars.length;
  return { samples: round.sampleCount, histograms: round.histograms.length, exemplars };
}
