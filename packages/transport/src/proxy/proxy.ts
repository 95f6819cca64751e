import { isIP } from "node:net";

/** An HTTP proxy. */
export interface Proxy {
  /** Without credentials. */
  readonly url: URL;
  /** The value of `Proxy-Authorization`. */
  readonly authorization: string | undefined;
  /** Where it is set, for messages: `` `proxyUrl` ``, `HTTPS_PROXY`. */
  readonly source: string;
}

/** What a request that the proxy itself is to answer needs besides. */
export function proxyOptions(
  { url, authorization }: Proxy,
  host: string,
): { readonly headers: Readonly<Record<string, string>>; readonly servername: string } {
  return {
    headers: { Host: host, ...(authorization !== undefined && { "Proxy-Authorization": authorization }) },
    // By default Node takes it from the header Host, which names the receiver.
    servername: isIP(url.hostname.replace(/^\[|\]$/g, "")) === 0 ? url.hostname : "",
  };
}
