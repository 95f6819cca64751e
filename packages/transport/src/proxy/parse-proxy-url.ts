import { describeKind, encodeBase64 } from "@otel-remote-write/auth";
import type { Proxy } from "./proxy.js";

/**
 * Reads the address of a proxy.
 *
 * @param source Where it is set, for messages: `` `proxyUrl` ``, `HTTPS_PROXY`.
 * @returns The proxy, and what of its address is secret.
 * @throws {TypeError} Never repeating the value, which may hold a password.
 */
export function parseProxyUrl(value: unknown, source: string): { proxy: Proxy; secrets: string[] } {
  const example = "for example http://proxy.example.com:3128";
  if (typeof value !== "string" && !(value instanceof URL)) {
    throw new TypeError(`${source} must be a string or a URL, ${example}, but is ${describeKind(value)}`);
  }
  const url = URL.parse(value);
  if (url === null || url.hostname === "") {
    throw new TypeError(`${source} must be a URL with scheme and host, ${example}`);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new TypeError(
      `${source} must begin with http:// or https://, ${example}; for other proxies give an \`agent\``,
    );
  }
  const credentials = [decode(url.username, source), decode(url.password, source)];
  const authorization =
    credentials.join("") === "" ? undefined : `Basic ${encodeBase64(credentials.join(":"))}`;
  const secrets = [url.password, ...credentials.slice(1), authorization?.slice("Basic ".length) ?? ""];
  return { proxy: { url: new URL(url.origin), authorization, source }, secrets };
}

function decode(text: string, source: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new TypeError(`${source} has a "%" in user name or password that must be written "%25"`);
  }
}
