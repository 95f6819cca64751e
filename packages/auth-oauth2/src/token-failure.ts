import { describeFailure, foreignText } from "@otel-remote-write/auth";
import { OperationProcessingError, ResponseBodyError, UnsupportedOperationError } from "oauth4webapi";
import { originalStatus, UnusableAnswerError } from "./token-response.js";

/** A token that is of another type than `bearer`. */
export class UnusableTokenError extends Error {}

export interface TokenFailureContext {
  /** What the secret comes from: `clientSecret`. */
  readonly secretLabel: string;
  /** What must not appear. */
  readonly secrets: readonly string[];
  /** Whether it went through the environment's proxy, by a `fetch` of ours. */
  readonly isProxied: boolean;
}

/** Longer descriptions are cut. */
const maxDescriptionLength = 300;

/** Why there is no token and what to do about it, as the end of `the token endpoint https://… `. */
export function describeTokenFailure(error: unknown, context: TokenFailureContext): string {
  if (error instanceof UnusableAnswerError) return error.message;
  if (error instanceof UnusableTokenError || error instanceof UnsupportedOperationError) {
    return "gave a token of another type than bearer, and only that can be sent; have the server give such ones";
  }
  if (error instanceof ResponseBodyError) return describeRefusal(error, context);
  if (error instanceof OperationProcessingError) {
    return error.cause instanceof Response
      ? `answered ${error.cause.status}; ${hintOfStatus(error.cause.status, context)}`
      : "answered without an access_token; is tokenUrl right?";
  }
  const atProxy = context.isProxied ? proxyFault(error) : undefined;
  if (atProxy !== undefined) return `cannot be reached: ${atProxy}`;
  const failure = describeFailure(error);
  return `cannot be reached (${failure}); ${hintOfNetwork(failure)}`;
}

/** What the environment's proxy did, in the words that the sender has for the receiver. */
function proxyFault(error: unknown): string | undefined {
  const fault: unknown = error instanceof Error ? Reflect.get(error, "fault") : undefined;
  if (typeof fault !== "object" || fault === null || !("text" in fault)) return undefined;
  return String(fault.text).replaceAll("the receiver", "the token endpoint").replaceAll("`url`", "tokenUrl");
}

/** An error response of RFC 6749, section 5.2. */
function describeRefusal(error: ResponseBodyError, context: TokenFailureContext): string {
  const code = /^[a-z_]{1,64}$/.test(error.error) ? ` ${foreignText(error.error, context.secrets)}` : "";
  const { error_description: description } = error;
  const quoted =
    typeof description === "string" && description !== "" ? ` (${shorten(description, context)})` : "";
  const hint = hintOfError(error.error, context) ?? hintOfStatus(error.status, context);
  return `answered ${originalStatus(error.response)}${code}${quoted}; ${hint}`;
}

function shorten(text: string, { secrets }: TokenFailureContext): string {
  // Redaction leaves out what is too short to be told from other text.
  if (secrets.some((secret) => secret.length < 6 && text.includes(secret))) return "[redacted]";
  const safe = foreignText(text, secrets);
  return safe.length > maxDescriptionLength ? `${safe.slice(0, maxDescriptionLength)}…` : safe;
}

function hintOfError(code: string, { secretLabel }: TokenFailureContext): string | undefined {
  switch (code) {
    case "invalid_client":
      return `check clientId and ${secretLabel}`;
    case "unauthorized_client":
      return `check clientId and ${secretLabel}, and that the client may use the client credentials grant`;
    case "unsupported_grant_type":
      return "have the server allow the client credentials grant";
    case "invalid_scope":
      return "check scopes";
    case "invalid_target":
      return "check audience and endpointParams";
    case "invalid_request":
      return "check scopes, audience and endpointParams";
    default:
      return undefined;
  }
}

function hintOfStatus(status: number, { secretLabel }: TokenFailureContext): string {
  if (status >= 300 && status < 400) {
    return "redirects are not followed: give the place it redirects to as tokenUrl";
  }
  if (status === 401) return `check clientId and ${secretLabel}`;
  if (status === 429 || status >= 500) return "it is asked again with the next attempt";
  if (status === 404 || status === 405) return "is the path of tokenUrl right?";
  return "check the client's settings at the server, and tokenUrl";
}

function hintOfNetwork(failure: string): string {
  if (/CERT|SIGNATURE|ALTNAME/.test(failure)) {
    return (
      "its certificate is not one that this process trusts: mend it, name your authority's file in the environment " +
      "variable NODE_EXTRA_CA_CERTS, or give a fetch that knows it"
    );
  }
  if (/_SSL_|EPROTO/.test(failure))
    return "it does not speak TLS there; are scheme and port of tokenUrl right?";
  return "is it running, and is tokenUrl right?";
}
