import { createHash } from "node:crypto";
import type { MessageType } from "../message-type.js";
import type { Findings } from "./findings.js";
import { ruleNumbers } from "./rule-numbers.js";

/** What makes a request the same as an earlier one. */
export interface RetryKey {
  /** Changes with the message, its type and the content type that it is sent with. */
  readonly digest: string;
  readonly authorization: string | undefined;
}

/** Remembers which requests have been answered for good. */
export interface RetryMemory {
  /**
   * Call when an answer has been sent whole.
   *
   * @param mayBeUnseen whether the sender has given up the connection since, and may never have seen the answer
   */
  answered(key: RetryKey, status: number, mayBeUnseen: () => boolean): void;
  /** W1.21 and W2.19: no retry after a 2xx, or a 4xx other than 429. */
  check(key: RetryKey, messageType: MessageType, findings: Findings): void;
  clear(): void;
}

interface RememberedAnswer {
  readonly status: number;
  readonly authorization: string | undefined;
  readonly mayBeUnseen: () => boolean;
}

export function retryKey(
  message: Uint8Array,
  contentType: string,
  authorization: string | undefined,
): RetryKey {
  const digest = createHash("sha256").update(contentType).update("\0").update(message).digest("base64");
  return { digest, authorization };
}

export function createRetryMemory(maxRequests: number): RetryMemory {
  const answers = new Map<string, RememberedAnswer>();
  return {
    answered({ digest, authorization }, status, mayBeUnseen): void {
      answers.delete(digest);
      if (!isFinal(status)) return;
      answers.set(digest, { status, authorization, mayBeUnseen });
      const oldest = answers.keys().next();
      if (answers.size > maxRequests && oldest.done !== true) answers.delete(oldest.value);
    },
    check({ digest, authorization }, messageType, findings): void {
      const earlier = answers.get(digest);
      if (earlier === undefined || earlier.mayBeUnseen()) return;
      // With renewed credentials it is another request.
      if (earlier.status === 401 && earlier.authorization !== authorization) return;
      const { retry } = ruleNumbers(messageType);
      findings.violation(retry, `the same message was answered ${earlier.status} before`);
    },
    clear: () => answers.clear(),
  };
}

function isFinal(status: number): boolean {
  return (status >= 200 && status < 300) || (status >= 400 && status < 500 && status !== 429);
}
