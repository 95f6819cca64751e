import type { AuthPlugin, AuthRequest } from "./auth-plugin.js";

/**
 * A plugin whose `authorization` header is made anew for every attempt, from a source that may change at any time.
 *
 * After a 401 it makes the header again: another one than was refused, or none for the moment (a file that is just being
 * replaced), is worth one more attempt; the same one is not. Requests run in parallel while the source changes, so the
 * refused header is looked up by its request.
 *
 * @param name the plugin's name: `bearer`
 * @param createHeader gives the header's present value: `Bearer …`; rejects when there is none
 */
export function createRotatingAuth(
  name: string,
  createHeader: (signal: AbortSignal) => Promise<string>,
): AuthPlugin {
  const sent = new WeakMap<AuthRequest, string>();
  let latest: { readonly header: string; readonly signal: AbortSignal } | undefined;
  return {
    name,
    async authorize(request) {
      const header = await createHeader(request.signal);
      sent.set(request, header);
      latest = { header, signal: request.signal };
      return { authorization: header };
    },
    async onUnauthorized(request) {
      const refused = (request && sent.get(request)) ?? latest?.header;
      const signal = request?.signal ?? latest?.signal;
      if (refused === undefined || signal === undefined) return false;
      return createHeader(signal).then(
        (header) => header !== refused,
        () => true,
      );
    },
  };
}
