import type { Codec } from "../codec/codec.js";
import { messageHeaders, type ProtobufMessage } from "../message/protobuf-message.js";
import { version } from "../version.js";

export interface RequestHeadersInput {
  readonly message: ProtobufMessage;
  readonly codec: Codec;
  /** Of the option `headers`, checked. */
  readonly headers: Readonly<Record<string, string>>;
  /** Retries before this one. */
  readonly attempt: number;
}

/** The headers of one request except those that `auth` adds (W1.4, W1.8, W2.4 to W2.10, H2, H7). */
export function requestHeaders(input: RequestHeadersInput): Record<string, string> {
  const { contentType, version: specification } = messageHeaders[input.message];
  return {
    ...input.headers,
    ...input.codec.headers,
    "Content-Encoding": input.codec.name,
    "Content-Type": contentType,
    "User-Agent": `otel-remote-write/${version}`,
    "X-Prometheus-Remote-Write-Version": specification,
    // Mimir lengthens its Retry-After by it.
    ...(input.attempt > 0 ? { "Retry-Attempt": String(input.attempt) } : {}),
  };
}
