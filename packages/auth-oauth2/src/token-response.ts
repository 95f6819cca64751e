/** Larger answers are refused: they must not fill the memory. */
const maxBytes = 256 * 1024;

/** For messages, since some servers say 200 to what they refuse. */
const statusHeader = "x-status";

/** The status that a response of {@link readTokenResponse} came with. */
export function originalStatus({ headers }: Response): string | null {
  return headers.get(statusHeader);
}

/** An answer of 2xx that is no token response. */
export class UnusableAnswerError extends Error {}

/**
 * Reads an answer of a token endpoint, and gives oauth4webapi the members that count. Like Go's library, and so
 * Prometheus, it does not mind a missing `content-type` or `token_type`, or an `expires_in` that is text or no number.
 *
 * @throws UnusableAnswerError for a 2xx that is no JSON object, and for an answer that is too large
 */
export async function readTokenResponse(response: Response): Promise<Response> {
  const body = parseObject(await readText(response));
  if (response.ok && body === undefined) {
    const mediaType = /^[\w.+-]+\/[\w.+-]+/.exec(response.headers.get("content-type") ?? "")?.[0];
    throw new UnusableAnswerError(
      `answered with ${mediaType ?? "something"} that is no JSON object; is tokenUrl right?`,
    );
  }
  const { access_token, token_type = "bearer", expires_in, error, error_description } = body ?? {};
  const failed = access_token === undefined && typeof error === "string";
  return Response.json(
    failed
      ? { error, error_description }
      : { access_token, token_type, expires_in: readLifetime(expires_in) },
    {
      // A redirect in a browser has the status 0.
      status: response.ok ? (failed ? 400 : 200) : response.status || 302,
      headers: { [statusHeader]: String(response.status) },
    },
  );
}

/** Seconds, or `undefined` when the server does not say. */
function readLifetime(value: unknown): number | undefined {
  const seconds = typeof value === "string" ? Number.parseFloat(value) : value;
  return typeof seconds === "number" && Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (let length = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    if (length > maxBytes) {
      // Whether the rest is stopped in an orderly way is all the same.
      reader.cancel().catch(() => undefined);
      throw new UnusableAnswerError(`answered with more than ${maxBytes / 1024} KiB; is tokenUrl right?`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
