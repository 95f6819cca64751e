import type { Round } from "../model/index.js";
import type { MessageFormat } from "./message-format.js";
import { buildMessage, type MessageLayout } from "./message-layout.js";
import { patchMessage } from "./patch-message.js";
import { createV1Format } from "./v1-format.js";
import { createV2Format } from "./v2-format.js";

/** Encodes the Rounds of one batch. It keeps the last message: in steady state only numbers in it change. */
export interface RoundEncoder {
  /**
   * The message's bytes, not compressed. They lie in a buffer that the next call overwrites: compress or copy them
   * before that.
   */
  encode(round: Round): Uint8Array<ArrayBuffer>;
}

/**
 * Encodes `prometheus.WriteRequest` (remote write 1.0), each point as a TimeSeries of its own. Start timestamps are left
 * out, as 1.0 has none, and so are histograms with custom buckets, which 1.0 senders must not write.
 */
export function createWriteRequestEncoder(): RoundEncoder {
  return createRoundEncoder(createV1Format());
}

/** Encodes `io.prometheus.write.v2.Request` (remote write 2.0), each point as a TimeSeries of its own. */
export function createRequestEncoder(): RoundEncoder {
  return createRoundEncoder(createV2Format());
}

function createRoundEncoder(format: MessageFormat): RoundEncoder {
  let layout: MessageLayout | undefined;
  return {
    encode(round) {
      if (layout === undefined || !patchMessage(format, layout, round)) {
        layout = buildMessage(format, layout, round);
      }
      const { writer } = layout;
      return writer.bytes.subarray(0, writer.length);
    },
  };
}
