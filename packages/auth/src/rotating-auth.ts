import type { AuthPlugin, RefusedAttempt } from "./auth-plugin.js";

/**
 * A plugin whose `authorization` header is made anew for every attempt, from a source that may change at any time.
 *
 * After a 401 it makes the header again: another one than was refused, or none for the moment (a file that is just
 * being replaced), is worth one more attempt; the same one is not. Requests run in parallel while the source changes,
 * so the latest header stands for the refused one only if nobody says which it was.
 *
 * @param name the plugin's name: `bearer`
 * @param createHeader gives the header's present value: `Bearer …`; rejects when there is none
 */
export function createRotatingAuth(
  name: string,
  createHeader: (signal: AbortSignal) => Promise<string>,
): AuthPlugin {
  let latest: RefusedAttempt | undefined;
  return {
    name,
    async authorize({ signal }) {
      const headers = { authorization: await createHeader(signal) };
      latest = { headers, signal };
      return headers;
    },
    async onUnauthorized(refused = latest) {
      if (refused === undefined) return false;
      return createHeader(refused.signal).then(
        (header) => header !== refused.headers["authorization"],
        () => true,
      );
    },
  };
}
