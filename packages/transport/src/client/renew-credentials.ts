import { abortable } from "../http/abortable.js";
import type { Endpoint } from "./attempt.js";
import { startDeadline } from "./deadline.js";

/**
 * Asks the auth plugin, after a 401, whether it has other credentials now. One that fails or takes longer than an
 * attempt may has none.
 *
 * @param headers What the plugin gave for the refused attempt.
 */
export async function renewCredentials(
  endpoint: Endpoint,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { auth, timeoutMillis } = endpoint.options;
  if (auth?.onUnauthorized === undefined) return false;
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
