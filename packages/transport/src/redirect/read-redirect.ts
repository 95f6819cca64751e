import type { HttpResponse } from "../http/http.js";
import { redactUrl } from "../url/redact-url.js";

/** Where an answer leads instead of taking the request, or why that is not followed. */
export type Redirect = { readonly to: URL } | { readonly refusal: string };

/** A chain that is longer is a ring, or as good as one. */
const mostRedirects = 5;

/** What decides whether a redirect is followed. */
export interface RedirectRules {
  /** The option `followRedirects`. */
  readonly follow: boolean;
  /** How many redirects were followed already. */
  readonly followed: number;
  /** Why no request can go there, if so. */
  readonly whyNot: (to: URL) => string | undefined;
}

/**
 * Reads a redirect (H14). Only 307 and 308 are followed, since the others ask for a GET, and not from https to http, where
 * anyone could read along.
 *
 * @returns Undefined where the answer is no redirect.
 */
export function readRedirect(
  { status, header }: HttpResponse,
  from: URL,
  rules: RedirectRules,
): Redirect | undefined {
  if (status === 0)
    return { refusal: "the receiver redirects, and this runtime hides where to: check `url`" };
  if (status < 300 || status > 399) return undefined;
  const location = header("location");
  const to = location === undefined ? null : URL.parse(location, from);
  if (to === null) return { refusal: "this is no answer to a remote write: check `url`" };
  const why = refusalOf(status, from, to, rules);
  return why === undefined
    ? { to: withoutCredentials(to) }
    : { refusal: `the receiver redirects to ${redactUrl(to)}, ${why}: check \`url\`` };
}

function refusalOf(
  status: number,
  from: URL,
  to: URL,
  { follow, followed, whyNot }: RedirectRules,
): string | undefined {
  if (status !== 307 && status !== 308) return "and only 307 and 308 keep a POST";
  if (!follow) return "and `followRedirects` is false";
  if (to.protocol !== "https:" && to.protocol !== from.protocol) return `leaving ${from.protocol}//`;
  if (followed >= mostRedirects) return `after ${followed} redirects before`;
  return whyNot(to);
}

function withoutCredentials(url: URL): URL {
  url.username = "";
  url.password = "";
  url.hash = "";
  return url;
}
