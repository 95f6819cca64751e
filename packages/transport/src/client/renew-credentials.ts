import { abortable } from "../http/abortable.js";
import type { Endpoint } from "./attempt.js";
import { startDeadline } from "./deadline.js";

/** What the plugin gave for an attempt that was refused; undefined where it was not asked. */
type RefusedHeaders = Readonly<Record<string, string>> | undefined;

/**
 * Asks the auth plugin, after a 401, whether it has other credentials now. One that fails or takes longer than an
 * attempt may has none.
 */
export async function renewCredentials(
  endpoint: Endpoint,
  headers: RefusedHeaders,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { auth, timeoutMillis } = endpoint.options;
  if (auth?.onUnauthorized === undefined || headers === undefined) return false;
  const deadline = startDeadline(endpoint.timers, timeoutMillis, signal);
  try {
    const refused = { headers, signal: deadline.signal };
    const renewed = (async (): Promise<boolean> => (await auth.onUnauthorized?.(refused)) === true)();
    return await abortable(deadline.signal, renewed);
  } catch {
    return false;
  } finally {
    deadline.end();
  }
}

/** Tells the auth plugin of a 403. Nothing depends on what it does with that. */
export function doubtCredentials(
  { options: { auth } }: Endpoint,
  headers: RefusedHeaders,
  signal: AbortSignal = new AbortController().signal,
): void {
  if (auth?.onForbidden === undefined || headers === undefined) return;
  // Those of somebody who does not mind the types may be promises.
  (async () => auth.onForbidden?.({ headers, signal }))().catch(() => {});
}
