import type { AnswerQueue } from "./answers/answer-queue.js";
import type { Limits } from "./limits.js";
import type { MessageType } from "./message-type.js";
import type { RetryMemory } from "./rules/retry-rules.js";
import type { ReceivedRequest } from "./store/received-request.js";
import type { RequestLog } from "./store/request-log.js";
import type { SeriesStore } from "./store/series-store.js";

/** All that the request handlers of one receiver share. */
export interface ReceiverState {
  readonly accept: readonly MessageType[];
  readonly limits: Limits;
  readonly store: SeriesStore;
  readonly log: RequestLog;
  readonly retries: RetryMemory;
  readonly answers: AnswerQueue;
  /** Aborted when the receiver closes: ends delays. */
  readonly closing: AbortSignal;
  /** Called when a request has been recorded. */
  readonly recorded: (request: ReceivedRequest) => void;
  /** Called when an exchange has ended, however it did. */
  readonly ended: (request: ReceivedRequest) => void;
}
