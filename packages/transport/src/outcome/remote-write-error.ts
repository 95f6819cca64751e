/** Why a request may succeed later. */
export type RetryReason =
  | "auth_failed"
  | "certificate"
  | "connection_refused"
  | "connection_reset"
  | "host_not_found"
  | "network_error"
  | "proxy"
  | "server_error"
  | "timeout"
  | "too_many_requests";

/** Why the same request would fail again. */
export type RefusalReason =
  | "bad_request"
  | "client_error"
  | "conflict"
  | "encode_failed"
  | "forbidden"
  | "method_not_allowed"
  | "not_found"
  | "nothing_written"
  | "payload_too_large"
  | "redirect"
  | "unauthorized"
  | "unsupported_media_type";

export type ErrorReason = RetryReason | RefusalReason | "aborted";

export interface RemoteWriteErrorDetails {
  readonly reason: ErrorReason;
  readonly url: string;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly cause?: unknown;
}

/**
 * What became of a request that was not acknowledged. The message says what happened, where, and what to do; up to
 * 1,024 bytes of the receiver's own words stand in it as they came (W1.17, W2.12), control characters escaped. It
 * carries no secret: no header, no query value, no credentials.
 */
export class RemoteWriteError extends Error {
  override readonly name = "RemoteWriteError";
  /** For programs and statistics. */
  readonly reason: ErrorReason;
  /** Where the request went: origin, path and names of query parameters. */
  readonly url: string;
  /** Of the response, where there was one. */
  readonly status: number | undefined;
  /** Of the system's error, such as `ECONNREFUSED`, where there was one. */
  readonly code: string | undefined;

  constructor(message: string, details: RemoteWriteErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = details.reason;
    this.url = details.url;
    this.status = details.status;
    this.code = details.code;
  }
}
