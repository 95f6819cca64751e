import { abortable } from "../http/abortable.js";
import type { Endpoint } from "./attempt.js";
import { startDeadline } from "./deadline.js";

/**
 * Asks the auth plugin, after a 401, whether it has other credentials now. One that fails or takes longer than an attempt
 * may has none.
 */
export async function renewCredentials(
  endpoint: Endpoint,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { auth, timeoutMillis } = endpoint.options;
  if (auth?.onUnauthorized === undefined) return false;
  const deadline = startDeadline(endpoint.timers, timeoutMillis, signal);
  try {
    const renewed = (async (): Promise<boolean> => (await auth.onUnauthorized?.()) === true)();
    return await abortable(deadline.signal, renewed);
  } catch {
    return false;
  } finally {
    deadline.end();
  }
}
