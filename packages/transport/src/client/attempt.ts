import { foreignText } from "@otel-remote-write/auth";
import { authorize } from "../auth/authorize.js";
import { requestHeaders } from "../headers/request-headers.js";
import { abortable } from "../http/abortable.js";
import type { Http } from "../http/http.js";
import type { ProtobufMessage } from "../message/protobuf-message.js";
import { messageOf } from "../outcome/message-of.js";
import {
  abortedOutcome,
  authFailedOutcome,
  networkErrorOutcome,
  timeoutOutcome,
} from "../outcome/no-response.js";
import type { Outcome } from "../outcome/outcome.js";
import { responseOutcome } from "../outcome/response-outcome.js";
import { secretsOf } from "../outcome/secrets-of.js";
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
  /** Whether it holds samples, histograms or exemplars. */
  readonly hasData: boolean;
  /** How many times the batch was tried before, for the receiver. */
  readonly retry: number;
  /** The same for the auth plugin, which counts from 1, and second attempts after a 401 too. */
  readonly authAttempt: number;
  readonly signal: AbortSignal | undefined;
}

/** What came of an attempt. */
export interface AttemptResult {
  readonly outcome: Outcome;
  /** Whether headers of the answer may be hidden; undefined where there was none. */
  readonly headersHidden: boolean | undefined;
  /** What the auth plugin gave for it, as it gave it. */
  readonly authHeaders: Readonly<Record<string, string>>;
}

/** Authorizes and sends one request, within one deadline. Never rejects. */
export async function sendAttempt(endpoint: Endpoint, attempt: Attempt): Promise<AttemptResult> {
  const deadline = startDeadline(endpoint.timers, endpoint.options.timeoutMillis, attempt.signal);
  try {
    return await authorizeAndSend(endpoint, attempt, deadline);
  } finally {
    deadline.end();
  }
}

async function authorizeAndSend(
  { options, http }: Endpoint,
  attempt: Attempt,
  { signal, why }: Deadline,
): Promise<AttemptResult> {
  const { url, auth, timeoutMillis } = options;
  const { message, body, hasData } = attempt;
  const headers = requestHeaders({ ...options, message, attempt: attempt.retry });
  const secrets = secretsOf(url, options.headers);

  let authHeaders: Record<string, string> = {};
  if (auth !== undefined) {
    const request = {
      method: "POST",
      url: new URL(url),
      headers: lowerCased(headers),
      body,
      attempt: attempt.authAttempt,
      signal,
    };
    try {
      authHeaders = await abortable(signal, authorize(auth, request));
    } catch (error) {
      return { outcome: authOutcome(error), headersHidden: undefined, authHeaders };
    }
    secrets.push(...secretsOf(url, authHeaders));
  }

  try {
    const request = { url, headers: { ...headers, ...authHeaders }, body, signal };
    const response = await abortable(signal, http.send(request));
    const asked = { url, message, hasData, auth: auth?.name, secrets, signal };
    const { headersHidden } = response;
    return { outcome: await responseOutcome(response, asked), headersHidden, authHeaders };
  } catch (error) {
    return { outcome: networkOutcome(error), headersHidden: undefined, authHeaders };
  }

  function authOutcome(error: unknown): Outcome {
    if (why() === "aborted") return abortedOutcome(url);
    const late = why() === "timeout";
    const text = late
      ? `it gave no headers within ${timeoutMillis} ms`
      : foreignText(messageOf(error), secrets);
    return authFailedOutcome(url, auth?.name ?? "", text);
  }

  function networkOutcome(error: unknown): Outcome {
    if (why() === "aborted") return abortedOutcome(url);
    if (why() === "timeout") return timeoutOutcome(url, timeoutMillis);
    return networkErrorOutcome(url, error, secrets);
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
