import { checkHttpUrl, encodeBase64 } from "@otel-remote-write/auth";
import type { Proxy } from "./proxy.js";

/**
 * Reads the address of a proxy.
 *
 * @param option What is wrong where it is wrong: `proxyUrl`, `the environment variable HTTPS_PROXY`.
 * @param source Where it is set, for messages about the proxy: `` `proxyUrl` ``, `HTTPS_PROXY`.
 * @param owner Who complains, first in messages about the option.
 * @returns The proxy, and what of its address is secret.
 * @throws {TypeError} Never repeating the value, which may hold a password.
 */
export function parseProxyUrl(
  value: unknown,
  { option, source, owner }: { readonly option: string; readonly source: string; readonly owner: string },
): { proxy: Proxy; secrets: string[] } {
  const url = checkHttpUrl(value, option, owner, "http://proxy.example.com:3128");
  const decode = (text: string): string => {
    try {
      return decodeURIComponent(text);
    } catch {
      throw new TypeError(`${owner}: ${option} has a "%" in user name or password; write it %25`);
    }
  };
  const credentials = [decode(url.username), decode(url.password)];
  const authorization =
    credentials.join("") === "" ? undefined : `Basic ${encodeBase64(credentials.join(":"))}`;
  const secrets = [url.password, ...credentials.slice(1), authorization?.slice("Basic ".length) ?? ""];
  return { proxy: { url: new URL(url.origin), authorization, source }, secrets };
}
