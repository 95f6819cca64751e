import { parseHttpDate } from "#http-date";
import { foreignText } from "@otel-remote-write/auth";
import { writtenCounts } from "../headers/written-counts.js";
import type { HttpResponse } from "../http/http.js";
import { discardBody, readErrorBody, type ErrorBody } from "../http/response-body.js";
import type { ProtobufMessage } from "../message/protobuf-message.js";
import { parseRetryAfter } from "../retry/retry-after.js";
import { redactUrl } from "../url/redact-url.js";
import type { Outcome } from "./outcome.js";
import { RemoteWriteError, type ErrorReason } from "./remote-write-error.js";
import { classifyStatus } from "./status-class.js";
import { statusHint } from "./status-hint.js";

/** What was asked, as far as it matters for reading the answer. */
export interface Asked {
  readonly url: URL;
  readonly message: ProtobufMessage;
  /** Whether the request held samples, histograms or exemplars. */
  readonly hasData: boolean;
  /** The name of the auth plugin, where there is one. */
  readonly auth: string | undefined;
  /** Whether a redirect led to another origin, where credentials don't go. */
  readonly foreign: boolean;
  /** Why the answer is a redirect that is not followed; undefined where it is none. */
  readonly redirect: string | undefined;
  /** Texts that must not come back in an error. */
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

/** Reads an answer: status and Written headers decide, the body is only shown. */
export async function responseOutcome(response: HttpResponse, asked: Asked): Promise<Outcome> {
  const { status } = response;
  const written = writtenCounts(response.header);
  const statusClass = classifyStatus(status);
  if (statusClass.kind === "acknowledged") {
    await discardBody(response.body);
    if (written === undefined && !response.headersHidden && mustBeConfirmed(asked))
      return nothingWritten(status, asked);
    return { kind: "acknowledged", status, message: asked.message, written };
  }
  const { kind, reason } = statusClass;
  const error = statusError(response, reason, await readErrorBody(response.body, asked.signal), asked);
  if (kind === "refused") return { kind, reason, error, status, message: asked.message, written };
  return {
    kind,
    reason,
    error,
    status,
    written,
    retryAfterMillis: parseRetryAfter(response.header("retry-after"), receiversTime(response)),
  };
}

/** A date in `Retry-After` is one of the receiver's clock, which may differ from ours. */
function receiversTime({ header }: HttpResponse): number {
  const now = Date.now();
  return parseHttpDate(header("date") ?? "", now) ?? now;
}

/** A receiver that knows 2.0 says what it wrote. On 1.0 nothing can be told from missing headers (W2.13). */
function mustBeConfirmed({ message, hasData }: Asked): boolean {
  return message === "io.prometheus.write.v2.Request" && hasData;
}

/** A receiver of 1.0 decodes a 2.0 message to nothing, stores nothing and says 2xx (W2.15, H10). */
function nothingWritten(status: number, asked: Asked): Outcome {
  const error = new RemoteWriteError(
    `remote write to ${redactUrl(asked.url)}: ${status}, but without any X-Prometheus-Remote-Write-…-Written header: ` +
      "the receiver does not know remote write 2.0 and stored nothing: " +
      'give `protobufMessage: "auto"`',
    { reason: "nothing_written", url: redactUrl(asked.url), status },
  );
  return {
    kind: "refused",
    reason: "nothing_written",
    error,
    status,
    message: asked.message,
    written: undefined,
  };
}

function statusError(
  response: HttpResponse,
  reason: ErrorReason,
  body: ErrorBody,
  asked: Asked,
): RemoteWriteError {
  const { status } = response;
  const isPage = /^text\/html\b/i.test(response.header("content-type") ?? "");
  const isTls = asked.url.protocol === "https:";
  const hint = asked.redirect ?? statusHint(status, { ...asked, isTls, isPage });
  const said = shown(body, asked.secrets);
  const end = hint.endsWith("?") ? "" : ".";
  const url = redactUrl(asked.url);
  const number = status === 0 ? "" : `${status}: `;
  return new RemoteWriteError(
    `remote write to ${url}: ${number}${hint}${said === "" ? "" : `${end} The receiver says: "${said}"`}`,
    { reason, url, status },
  );
}

/** The receiver's own words, as they came (W1.17, W2.12, H9). */
function shown({ bytes, truncated }: ErrorBody, secrets: readonly string[]): string {
  // As a stream, so that a character cut in two at the end is left out.
  const text = new TextDecoder().decode(bytes, { stream: truncated });
  return foreignText(text.trimEnd(), secrets) + (truncated && text !== "" ? "…" : "");
}
