import type { WrittenCounts } from "../headers/written-counts.js";
import type { ProtobufMessage } from "../message/protobuf-message.js";
import type { RefusalReason, RemoteWriteError, RetryReason } from "./remote-write-error.js";

/** Any 2xx (H4). On 1.0 that is all there is; on 2.0 the receiver also said what it wrote. */
export interface Acknowledged {
  readonly kind: "acknowledged";
  readonly status: number;
  /** The message that the receiver took. */
  readonly message: ProtobufMessage;
  /** Undefined where the answer had no Written header. */
  readonly written: WrittenCounts | undefined;
}

/** Network errors, timeouts, 5xx and 429: the same request may succeed later (W1.20, W1.22, W2.21, W2.22). */
export interface Retryable {
  readonly kind: "retryable";
  readonly reason: RetryReason;
  readonly error: RemoteWriteError;
  /** Undefined where no response came. */
  readonly status: number | undefined;
  /** How long the receiver asks to wait, capped (H6); undefined where it does not say. */
  readonly retryAfterMillis: number | undefined;
  /** A 5xx may come with a partial write (W2.24). */
  readonly written: WrittenCounts | undefined;
}

/** The same request must not be sent again (W1.21, W2.19): 4xx other than 429, redirects, bytes that cannot be made. */
export interface Refused {
  readonly kind: "refused";
  readonly reason: RefusalReason;
  readonly error: RemoteWriteError;
  /** Undefined where nothing was sent. */
  readonly status: number | undefined;
  /** The message that was refused. */
  readonly message: ProtobufMessage;
  /** A 400 to a 2.0 message may come with a partial write. */
  readonly written: WrittenCounts | undefined;
}

/** The caller's signal ended it. The receiver may have stored the data all the same. */
export interface Aborted {
  readonly kind: "aborted";
  readonly error: RemoteWriteError;
}

/** What became of a request. */
export type Outcome = Acknowledged | Retryable | Refused | Aborted;
