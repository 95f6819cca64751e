import { authorize } from "../auth/authorize.js";
import { requestHeaders } from "../headers/request-headers.js";
import { abortable } from "../http/abortable.js";
import type { Http, HttpResponse } from "../http/http.js";
import type { ProtobufMessage } from "../message/protobuf-message.js";
import { describeNetworkError } from "../outcome/network-error.js";
import type { Outcome } from "../outcome/outcome.js";
import { redactText, secretsOf } from "../outcome/redact-text.js";
import { RemoteWriteError, type RetryReason } from "../outcome/remote-write-error.js";
import { responseOutcome } from "../outcome/response-outcome.js";
import { redactUrl } from "../url/redact-url.js";
import type { AttemptTimers } from "./attempt-timers.js";
import { startDeadline, type Deadline } from "./deadline.js";
import type { ResolvedOptions } from "./options.js";

/** What attempts of one client share. */
export interface Endpoint {
  readonly options: ResolvedOptions;
  readonly http: Http;
  readonly timers: AttemptTimers;
}

/** One attempt to send one body. */
export interface Attempt {
  readonly message: ProtobufMessage;
  /** Compressed. */
  readonly body: Uint8Array;
  readonly hadData: boolean;
  /** Retries before this one, for the receiver. */
  readonly retry: number;
  /** For the auth plugin, which counts from 1. */
  readonly authAttempt: number;
  readonly signal: AbortSignal | undefined;
}

/** Authorizes and sends one request, within one deadline. Never rejects. */
export async function sendAttempt(endpoint: Endpoint, attempt: Attempt): Promise<Outcome> {
  const { options, http, timers } = endpoint;
  const { url, auth } = options;
  const deadline = startDeadline(timers, options.timeoutMillis, attempt.signal);
  const { signal } = deadline;
  try {
    const headers = requestHeaders({ ...options, message: attempt.message, attempt: attempt.retry });
    let authHeaders: Record<string, string> = {};
    try {
      if (auth !== undefined) {
        const request = {
          method: "POST",
          url: new URL(url),
          headers: lowerCased(headers),
          body: attempt.body,
          attempt: attempt.authAttempt,
          signal,
        };
        authHeaders = await abortable(signal, authorize(auth, request));
      }
    } catch (error) {
      return authFailure(endpoint, deadline, error);
    }
    let response: HttpResponse;
    const secrets = [...secretsOf(url, options.headers), ...secretsOf(url, authHeaders)];
    try {
      const request = { url, headers: { ...headers, ...authHeaders }, body: attempt.body, signal };
      response = await abortable(signal, http.send(request));
    } catch (error) {
      return networkFailure(endpoint, deadline, error, secrets);
    }
    const { message, hadData } = attempt;
    return await responseOutcome(response, { url, message, hadData, auth: auth?.name, secrets, signal });
  } finally {
    deadline.end();
  }
}

/** The caller's signal ended a request. */
export function aborted(url: URL): Outcome {
  const redacted = redactUrl(url);
  const error = new RemoteWriteError(`remote write to ${redacted}: aborted by the caller`, {
    reason: "aborted",
    url: redacted,
  });
  return { kind: "aborted", error };
}

function authFailure({ options }: Endpoint, deadline: Deadline, error: unknown): Outcome {
  if (deadline.why() === "aborted") return aborted(options.url);
  const text =
    deadline.why() === "timeout"
      ? `it did not answer within ${options.timeoutMillis} ms`
      : redactText(
          error instanceof Error ? error.message : String(error),
          secretsOf(options.url, options.headers),
        );
  return noResponse(options.url, "auth_failed", `the auth plugin "${options.auth?.name}" failed: ${text}`);
}

function networkFailure(
  { options }: Endpoint,
  deadline: Deadline,
  error: unknown,
  secrets: readonly string[],
): Outcome {
  const { url, timeoutMillis } = options;
  if (deadline.why() === "aborted") return aborted(url);
  if (deadline.why() === "timeout") {
    return noResponse(url, "timeout", `no answer within ${timeoutMillis} ms (\`timeoutMillis\`)`);
  }
  const { reason, code, text } = describeNetworkError(error, url);
  return noResponse(url, reason, redactText(text, secrets), code);
}

function noResponse(url: URL, reason: RetryReason, text: string, code?: string): Outcome {
  const redacted = redactUrl(url);
  const error = new RemoteWriteError(`remote write to ${redacted}: ${text}`, { reason, url: redacted, code });
  return {
    kind: "retryable",
    reason,
    error,
    status: undefined,
    retryAfterMillis: undefined,
    written: undefined,
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
