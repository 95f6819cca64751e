import type { ProtobufMessage } from "../message/protobuf-message.js";

/** How much of each kind a batch holds. */
export interface BatchCounts {
  readonly samples: number;
  readonly histograms: number;
  readonly exemplars: number;
}

/** What is sent in one request. The client knows no message: it asks for the bytes of one. */
export interface Batch {
  readonly counts: BatchCounts;
  /** Gives the protobuf bytes, uncompressed. Called before `send` returns its promise, once a request. */
  encode(message: ProtobufMessage): Uint8Array;
}
