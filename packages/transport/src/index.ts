export type { Batch, BatchCounts } from "./client/batch.js";
export {
  createRemoteWriteClient,
  type RemoteWriteClient,
  type RemoteWriteClientEvents,
  type SendOptions,
} from "./client/remote-write-client.js";
export { remoteWriteClientOptionNames, type RemoteWriteClientOptions } from "./client/options.js";
export type { Codec } from "./codec/codec.js";
export { snappyCodec } from "./codec/snappy-codec.js";
export type { WrittenCounts } from "./headers/written-counts.js";
export type { ConnectionOptions, HttpAgent, TlsOptions } from "./http/connection-options.js";
export type { Fetch } from "./http/fetch-http.js";
export type { ProtobufMessage } from "./message/protobuf-message.js";
export type { Aborted, Acknowledged, Outcome, Refused, Retryable } from "./outcome/outcome.js";
export {
  RemoteWriteError,
  type ErrorReason,
  type RefusalReason,
  type RemoteWriteErrorDetails,
  type RetryReason,
} from "./outcome/remote-write-error.js";
export { findEnvironmentProxy } from "#environment-proxy";
export type { EnvironmentProxy, FindEnvironmentProxy } from "./proxy/environment-proxy.js";
export { backoffMillis, type BackoffLimits } from "./retry/backoff.js";
export { maxRetryAfterMillis, parseRetryAfter } from "./retry/retry-after.js";
export { version } from "./version.js";
