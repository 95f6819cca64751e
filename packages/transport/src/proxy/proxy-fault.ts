import type { SlowProxy } from "../http/http.js";
import { describeNetworkError, type NetworkFault } from "../outcome/network-error.js";
import type { Proxy } from "./proxy.js";

/** What went wrong on the way to the proxy, or at it: the receiver knows nothing of the request. */
export class ProxyFault extends Error {
  override readonly name = "ProxyFault";
  readonly fault: NetworkFault;

  constructor(proxy: Proxy, { code, text }: { code: string | undefined; text: string }) {
    super(text);
    this.fault = { reason: "proxy", code, text: `${nameProxy(proxy)}: ${text}` };
  }
}

export function nameProxy({ url, source }: Proxy): string {
  return `the proxy ${url.host} of ${source}`;
}

/** The proxy could not be reached, or broke the connection. */
export function proxyUnreachable(proxy: Proxy, error: unknown): ProxyFault {
  const { code, text } = describeNetworkError(error, proxy.url);
  // The same words, about another peer.
  const aboutProxy = text.replaceAll("the receiver", "the proxy").replaceAll("`url`", proxy.source);
  return new ProxyFault(proxy, { code, text: aboutProxy });
}

/** What to say when the time is over before the proxy gave a connection to the receiver, or the receiver's answer. */
export function slowProxy(proxy: Proxy, isTunnel: boolean): SlowProxy {
  return isTunnel
    ? {
        reason: "proxy",
        what: `${nameProxy(proxy)} gave no connection to the receiver`,
        advice: "is the proxy running, and may it connect to the receiver's host and port?",
      }
    : {
        // The receiver may have got the request.
        reason: "timeout",
        what: `${nameProxy(proxy)} gave no answer`,
        advice: "is the proxy or the receiver behind it overloaded, or does a firewall stand between?",
      };
}

/** The proxy answered, but not with a connection to the receiver. */
export function proxyRefused(proxy: Proxy, status: number): ProxyFault {
  const { authorization, source } = proxy;
  let text = "it refuses to connect to the receiver: does it allow this host and port?";
  // tinyproxy says 401 to wrong ones.
  if (status === 407 || status === 401) {
    text =
      authorization === undefined
        ? `it wants credentials: give them in ${source}, as in http://user:password@host:port`
        : `it does not accept user name and password of ${source}: check them`;
  } else if (status >= 500) {
    text = "it cannot reach the receiver: is the receiver running, and is `url` right?";
  }
  return new ProxyFault(proxy, { code: undefined, text: `${status}: ${text}` });
}
