import { foreignText } from "@otel-remote-write/auth";
import type { SlowProxy } from "../http/http.js";
import { redactUrl } from "../url/redact-url.js";
import { describeNetworkError } from "./network-error.js";
import type { Aborted, Retryable } from "./outcome.js";
import { RemoteWriteError, type RetryReason } from "./remote-write-error.js";

/** The caller's signal ended a request. */
export function abortedOutcome(url: URL): Aborted {
  const at = redactUrl(url);
  const error = new RemoteWriteError(`remote write to ${at}: aborted by the caller`, {
    reason: "aborted",
    url: at,
  });
  return { kind: "aborted", error };
}

const slowReceiver: SlowProxy = {
  reason: "timeout",
  what: "no answer",
  advice: "is the receiver overloaded, or does a firewall stand between?",
};

/**
 * The time for an attempt was over before the receiver answered.
 *
 * @param slow What to say where it may be a proxy that takes the time.
 */
export function timeoutOutcome(url: URL, timeoutMillis: number, slow: SlowProxy = slowReceiver): Retryable {
  const { reason, what, advice } = slow;
  return withoutResponse(url, reason, `${what} within ${timeoutMillis} ms (\`timeoutMillis\`): ${advice}`);
}

/**
 * An auth plugin gave no headers: worth a retry, since a token file or a token server can come back.
 *
 * @param text What went wrong.
 */
export function authFailedOutcome(url: URL, plugin: string, text: string): Retryable {
  return withoutResponse(url, "auth_failed", `the auth plugin "${plugin}" failed: ${text}`);
}

/** The request could not be sent, or the connection broke before an answer. */
export function networkErrorOutcome(url: URL, error: unknown, secrets: readonly string[]): Retryable {
  const { reason, code, text } = describeNetworkError(error, url);
  return withoutResponse(url, reason, foreignText(text, secrets), code);
}

function withoutResponse(url: URL, reason: RetryReason, text: string, code?: string): Retryable {
  const at = redactUrl(url);
  return {
    kind: "retryable",
    reason,
    error: new RemoteWriteError(`remote write to ${at}: ${text}`, { reason, url: at, code }),
    status: undefined,
    retryAfterMillis: undefined,
    written: undefined,
  };
}
