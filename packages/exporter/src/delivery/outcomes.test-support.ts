import {
  type Aborted,
  type Acknowledged,
  type ErrorReason,
  type Refused,
  RemoteWriteError,
  type Retryable,
  type WrittenCounts,
} from "@otel-remote-write/transport";

export const acknowledged: Acknowledged = {
  kind: "acknowledged",
  status: 204,
  message: "prometheus.WriteRequest",
  written: undefined,
};

export function retryable(retryAfterMillis?: number): Retryable {
  const error = remoteWriteError("server_error");
  return {
    kind: "retryable",
    reason: "server_error",
    error,
    status: 503,
    retryAfterMillis,
    written: undefined,
  };
}

export const limited: Retryable = { ...retryable(), reason: "too_many_requests", status: 429 };

export const refused: Refused = {
  kind: "refused",
  reason: "bad_request",
  error: remoteWriteError("bad_request"),
  status: 400,
  message: "prometheus.WriteRequest",
  written: undefined,
};

export const tooLarge: Refused = {
  ...refused,
  reason: "payload_too_large",
  error: remoteWriteError("payload_too_large"),
  status: 413,
};

/** The receiver of 2.0 stored a part. */
export function partialWrite({ samples }: { readonly samples: number }): Refused {
  const written: WrittenCounts = { samples, histograms: undefined, exemplars: undefined };
  return { ...refused, message: "io.prometheus.write.v2.Request", written };
}

export const aborted: Aborted = { kind: "aborted", error: remoteWriteError("aborted") };

function remoteWriteError(reason: ErrorReason): RemoteWriteError {
  return new RemoteWriteError(`the receiver said ${reason}`, { reason, url: "http://127.0.0.1/write" });
}
