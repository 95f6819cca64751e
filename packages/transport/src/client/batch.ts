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
  /**
   * Gives the protobuf bytes, uncompressed. With a fixed message it is called once, before `send` returns its promise.
   * With `"auto"` it may be called later, and again for the other message: what it encodes must not change meanwhile.
   * The bytes are compressed at once: a later call may overwrite them.
   */
  encode(message: ProtobufMessage): Uint8Array;
}
