import { foreignText } from "@otel-remote-write/auth";
import { authorize } from "../auth/authorize.js";
import type { ClockSkew } from "../clock/clock-skew.js";
import { requestHeaders } from "../headers/request-headers.js";
import { abortable } from "../http/abortable.js";
import type { Http, SlowProxy } from "../http/http.js";
import { discardBody } from "../http/response-body.js";
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
import { readRedirect } from "../redirect/read-redirect.js";
import type { AttemptTimers } from "./attempt-timers.js";
import { startDeadline, type Deadline } from "./deadline.js";
import type { ResolvedOptions } from "./options.js";

/** What attempts of one client share. */
export interface Endpoint {
  readonly options: ResolvedOptions;
  readonly http: Http;
  readonly timers: AttemptTimers;
  readonly clockSkew: ClockSkew;
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
  /** What the auth plugin gave for it, as it gave it; undefined where it was not asked. */
  readonly authHeaders: Readonly<Record<string, string>> | undefined;
}

/** Where a request goes: first to `url`, then where redirects lead. */
interface Hop {
  readonly url: URL;
  /** Whether that is another origin than that of `url`: then neither credentials nor the user's headers go along. */
  readonly foreign: boolean;
  /** How many redirects led here. */
  readonly redirects: number;
}

/** Authorizes and sends one request, and again where a redirect leads, within one deadline. Never rejects. */
export async function sendAttempt(endpoint: Endpoint, attempt: Attempt): Promise<AttemptResult> {
  const deadline = startDeadline(endpoint.timers, endpoint.options.timeoutMillis, attempt.signal);
  try {
    let hop: Hop = { url: endpoint.options.url, foreign: false, redirects: 0 };
    for (;;) {
      const result = await authorizeAndSend(endpoint, attempt, deadline, hop);
      if ("outcome" in result) return result;
      hop = result;
    }
  } finally {
    deadline.end();
  }
}

/** @returns What came of it, or where it leads. */
async function authorizeAndSend(
  { options, http, clockSkew }: Endpoint,
  attempt: Attempt,
  { signal, why }: Deadline,
  { url, foreign, redirects }: Hop,
): Promise<AttemptResult | Hop> {
  const { timeoutMillis } = options;
  const { message, body, hasData } = attempt;
  const auth = foreign ? undefined : options.auth;
  const userHeaders = foreign ? {} : options.headers;
  const headers = requestHeaders({ ...options, headers: userHeaders, message, attempt: attempt.retry });
  const secrets = [...secretsOf(options.url, options.headers), ...secretsOf(url, {}), ...http.secrets];

  let slowProxy: SlowProxy | undefined;
  let authHeaders: Record<string, string> | undefined;
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
    const request = { url, foreign, headers: { ...headers, ...authHeaders }, body, signal, onWaiting };
    const response = await abortable(signal, http.send(request));
    const rules = {
      follow: options.followRedirects,
      followed: redirects,
      whyNot: (to: URL) => http.whyNot(to),
    };
    const redirect = readRedirect(response, url, rules);
    if (redirect !== undefined && "to" in redirect) {
      void discardBody(response.body);
      const { to } = redirect;
      return { url: to, foreign: foreign || to.origin !== url.origin, redirects: redirects + 1 };
    }
    clockSkew.answered(response.header("date"));
    const refusal = redirect?.refusal;
    const asked = { url, message, hasData, auth: auth?.name, foreign, redirect: refusal, secrets, signal };
    const { headersHidden } = response;
    return { outcome: await responseOutcome(response, asked), headersHidden, authHeaders };
  } catch (error) {
    return { outcome: networkOutcome(error), headersHidden: undefined, authHeaders };
  }

  function authOutcome(error: unknown): Outcome {
    if (why() === "aborted") return abortedOutcome(url);
    const late = why() === "timeout";
    const text = late
      ? `it gave no headers within ${timeoutMillis} ms (\`timeoutMillis\`): is the token endpoint, or what else it asks, down?`
      : foreignText(messageOf(error), secrets);
    return authFailedOutcome(url, auth?.name ?? "", text);
  }

  function onWaiting(slow: SlowProxy | undefined): void {
    slowProxy = slow;
  }

  function networkOutcome(error: unknown): Outcome {
    if (why() === "aborted") return abortedOutcome(url);
    if (why() === "timeout") return timeoutOutcome(url, timeoutMillis, slowProxy);
    return networkErrorOutcome(url, error, secrets);
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
