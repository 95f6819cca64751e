import type { Round, SeriesBlock } from "@otel-remote-write/prompb";
import {
  createRequestEncoder,
  createWriteRequestEncoder,
  type RoundEncoder,
} from "@otel-remote-write/prompb/encode";
import type { ProtobufMessage } from "@otel-remote-write/transport";
import { emptyShape, type RoundBuilder, type RoundNumbers, type RoundShape } from "./round-builder.js";

/**
 * A set of series that are sent together. A series stays in its batch, and Rounds of one batch never overtake each other,
 * so that each series' samples arrive in order (W1.19), while different batches are sent side by side.
 */
export interface Batch {
  /** How many series were put into it, and how many bytes they take in a request at most. */
  seriesCount: number;
  bytes: number;
  /** How many Rounds of it were queued, the numbers of those still queued or on their way, and whether a receiver took one. */
  queuedRounds: number;
  readonly unsettledRounds: Set<number>;
  hasArrived: boolean;
  /** What the collection under way has added so far. */
  openRound: RoundBuilder | undefined;
  /** Of its Round before. */
  lastShape: RoundShape;
  /** Of a Round that is done with, for the next one, so that an export needs next to no new memory. */
  spareNumbers: RoundNumbers | undefined;
  /** Of the message that was sent last; it holds that message. */
  encoder: { readonly message: ProtobufMessage; readonly encoder: RoundEncoder } | undefined;
}

/** What the exporter keeps with a series: one state for all that are new, one of its own, or that of the block that writes it. */
export type SeriesState = FreshState | SingleState | BlockState;

/** Of all series that were new in one Round and have had one sample since, so that none is made that is not needed. */
export interface FreshState {
  readonly runs: undefined;
  readonly batch: Batch;
  readonly lastTimestamp: number;
  /** Has the samples. */
  readonly builder: RoundBuilder;
}

/** Of a series that is written for itself. */
export interface SingleState {
  readonly runs: undefined;
  readonly builder: undefined;
  batch: Batch;
  /** Of the last point that went into a Round; -Infinity before the first. */
  lastTimestamp: number;
  /** Its value; of native histograms, how often they have changed. */
  lastValue: number;
  lastIsStale: boolean;
}

/** Of all series of a block. */
export interface BlockState {
  readonly block: SeriesBlock<SeriesState>;
  /** Which part of the block is in which batch. */
  readonly runs: readonly BatchRun[];
  /** Of the block's last points. */
  lastTimestamp: number;
  readonly lastValues: Float64Array;
}

/** Series of a block that are in one batch: from the first position to before the last one. */
export interface BatchRun {
  readonly batch: Batch;
  readonly from: number;
  readonly to: number;
  /** Where they stood in the last Round. If they stand there again, nothing need be compared. */
  place: { readonly shape: RoundShape; readonly index: number } | undefined;
}

export function createBatch(): Batch {
  return {
    seriesCount: 0,
    bytes: 0,
    queuedRounds: 0,
    unsettledRounds: new Set(),
    hasArrived: false,
    openRound: undefined,
    lastShape: emptyShape,
    spareNumbers: undefined,
    encoder: undefined,
  };
}

const createEncoder: Readonly<Record<ProtobufMessage, () => RoundEncoder>> = {
  "prometheus.WriteRequest": createWriteRequestEncoder,
  "io.prometheus.write.v2.Request": createRequestEncoder,
};

/** The batch's encoder for a message. */
export function encoderOf(batch: Batch, message: ProtobufMessage): RoundEncoder {
  if (batch.encoder?.message !== message) {
    batch.encoder = { message, encoder: createEncoder[message]() };
  }
  return batch.encoder.encoder;
}

/** Encodes a Round that has little in common with those before and after it. */
export function encodeAlone(round: Round, message: ProtobufMessage): Uint8Array {
  return createEncoder[message]().encode(round);
}
