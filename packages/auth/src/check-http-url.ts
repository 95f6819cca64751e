import { wrongOption } from "./wrong-option.js";

/**
 * Checks that an option is the URL of something that speaks HTTP.
 *
 * @param value appears in no message: it may hold a password
 * @param option the option's name: `url`
 * @param owner who complains, first in the message
 * @param example a good one
 * @throws TypeError that says what is wrong with it: `oauth2Auth: tokenUrl has no host; give a URL such as …`
 */
export function checkHttpUrl(value: unknown, option: string, owner: string, example: string): URL {
  const such = `a URL such as ${example}`;
  let fault = "is missing";
  if (value !== undefined && value !== null && value !== "") {
    if (typeof value !== "string" && !(value instanceof URL)) throw wrongOption(value, option, owner, such);
    const url = URL.parse(value);
    if (url !== null && /^https?:$/.test(url.protocol) && url.port !== "0") return url;
    fault = describeFault(String(value));
  }
  throw new TypeError(`${owner}: ${option} ${fault}; give ${such}`);
}

/** What is wrong with a text that is no such URL, without a part of it but a scheme. */
function describeFault(text: string): string {
  const [, scheme = "", authority = "", rest = ""] =
    /^\s*(?:([a-z][\w+.-]*:\/\/))?([^/\\?#]*)(.*)/is.exec(text) ?? [];
  // What stands before a colon alone may be a user name.
  if (!/^https?:/i.test(scheme)) return `must begin with http:// or https://${scheme && `, not ${scheme}`}`;
  if (authority === "") return "has no host";
  if (rest.includes("@")) return "has a password with /, ? or #, which must be written %2F, %3F or %23";
  const port = Number(/:([^:\]@]+)$/.exec(authority)?.[1] ?? 1);
  return port > 0 && port < 65_536
    ? "has a host that is no name and no address"
    : "has a port that is no number from 1 to 65535";
}
