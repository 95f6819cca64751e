import { createBearerHeader, createRenewedValue, type AuthPlugin } from "@otel-remote-write/auth";
import { checkOptions } from "./check-options.js";
import type { OAuth2AuthOptions } from "./oauth2-auth.js";
import { createTokenRequest } from "./token-request.js";

/** The time before its end in which a token is renewed; a quarter of its time, if that is less. */
const longestMarginMillis = 60_000;

/** Less than an attempt may take by default, so that the message names the token endpoint. */
const timeoutMillis = 8000;

/**
 * {@link oauth2Auth} with a clock.
 *
 * @param now milliseconds since 1970
 */
export function createOAuth2Auth(options: OAuth2AuthOptions, now: () => number): AuthPlugin {
  const checked = checkOptions(options);
  const requestToken = createTokenRequest(checked);
  const header = createRenewedValue<string>({
    now,
    timeoutMillis,
    createTimeoutError: () =>
      new Error(
        `oauth2Auth: the token endpoint ${checked.tokenUrl.shown} did not answer within ${timeoutMillis / 1000} s` +
          (checked.proxy === undefined
            ? "; is it running, and is tokenUrl right?"
            : ` through ${checked.proxy.shown}; is the proxy running, and may it connect there?`),
      ),
    async fetch(signal) {
      // Before the request: the server counts from some time after that.
      const asked = now();
      const { accessToken, expiresInMillis } = await requestToken(signal);
      const margin = Math.min(longestMarginMillis, expiresInMillis / 4);
      return {
        value: createBearerHeader(accessToken, "oauth2Auth: the access_token of the token endpoint"),
        // Infinity - Infinity would be none.
        renewAtMillis: expiresInMillis === Infinity ? Infinity : asked + expiresInMillis - margin,
        expiresAtMillis: asked + expiresInMillis,
      };
    },
  });
  let latest: string | undefined;
  return {
    name: "oauth2",
    async authorize({ signal }) {
      latest = await header.get(signal);
      return { authorization: latest };
    },
    async onUnauthorized(refused) {
      const refusedHeader = refused === undefined ? latest : refused.headers["authorization"];
      const signal = refused?.signal ?? new AbortController().signal;
      header.discard((present) => present === refusedHeader);
      return header.get(signal).then(
        (present) => present !== refusedHeader,
        // There is no token for the moment: the next attempt says why, and is retried.
        () => true,
      );
    },
    // Some gateways say 403 to a token that was revoked, and one without an end would be kept for ever.
    onForbidden({ headers }) {
      header.discardDoubtful((present) => present === headers["authorization"]);
    },
  };
}
