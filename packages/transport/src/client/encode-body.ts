import type { ProtobufMessage } from "../message/protobuf-message.js";
import { messageOf } from "../outcome/message-of.js";
import type { Refused } from "../outcome/outcome.js";
import { RemoteWriteError } from "../outcome/remote-write-error.js";
import { redactUrl } from "../url/redact-url.js";
import type { Batch } from "./batch.js";
import type { ResolvedOptions } from "./options.js";

/**
 * Encodes and compresses a batch. Bytes that cannot be made now cannot be made later: that is a refusal, by
 * ourselves.
 */
export function encodeBody(
  options: ResolvedOptions,
  batch: Batch,
  message: ProtobufMessage,
): Uint8Array | Refused {
  try {
    const bytes: unknown = options.codec.compress(batch.encode(message));
    if (bytes instanceof Uint8Array) return bytes;
    throw new TypeError("`compress` gave no Uint8Array");
  } catch (cause) {
    const url = redactUrl(options.url);
    const what = `the batch could not be encoded as ${message} with ${options.codec.name}`;
    const error = new RemoteWriteError(`remote write to ${url}: ${what}: ${messageOf(cause)}`, {
      reason: "encode_failed",
      url,
      cause,
    });
    return {
      kind: "refused",
      reason: "encode_failed",
      error,
      status: undefined,
      message,
      written: undefined,
    };
  }
}
