import { BlockList, isIP } from "node:net";

/** Whether a host is reached without a proxy. */
export type NoProxy = (url: URL) => boolean;

/**
 * Reads a list of hosts as Go's httpproxy does: `example.com` is that host and all below it, `.example.com` and
 * `*.example.com` only those below it, an address or a range of addresses is written as such, `*` is everything. All but
 * the last may have a port. Names are compared as they are, they are not looked up.
 */
export function parseNoProxy(list: string): NoProxy {
  const entries = list
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== "");
  if (entries.includes("*")) return () => true;
  const matchers = entries.map(toMatcher);
  return (url) => {
    const host = hostOf(url);
    return matchers.some((matches) => matches(host, url.port || defaultPort(url)));
  };
}

/** Localhost and the loopback addresses. */
export function isLoopback(url: URL): boolean {
  const host = hostOf(url);
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** Without the brackets of IPv6 and the dot at the end of a full name. */
function hostOf({ hostname }: URL): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

function defaultPort({ protocol }: URL): string {
  return protocol === "https:" ? "443" : "80";
}

type Matcher = (host: string, port: string) => boolean;

function toMatcher(entry: string): Matcher {
  const range = toRange(entry);
  if (range !== undefined) return (host) => isWithin(range, host);
  const { host: name, port: wanted } = splitPort(entry);
  const isPort: (port: string) => boolean = (port) => wanted === undefined || wanted === port;
  if (isIP(name) !== 0) {
    const address = new BlockList();
    address.addAddress(name, familyOf(name));
    return (host, port) => isPort(port) && isWithin(address, host);
  }
  const below = name.replace(/^\*?\.?/, ".");
  const isExact = !/^\*?\./.test(name);
  return (host, port) => isPort(port) && (host.endsWith(below) || (isExact && host === name));
}

/** `10.0.0.0/8` */
function toRange(entry: string): BlockList | undefined {
  const [address = "", prefix = "", ...rest] = entry.split("/");
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  if (longest === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
  if (Number(prefix) > longest) return undefined;
  const range = new BlockList();
  range.addSubnet(address, Number(prefix), familyOf(address));
  return range;
}

function isWithin(addresses: BlockList, host: string): boolean {
  return isIP(host) !== 0 && addresses.check(host, familyOf(host));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

/** `host:port`, `[::1]:port`, `::1`, or `host` alone. */
function splitPort(entry: string): { host: string; port: string | undefined } {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry);
  const match = bracketed ?? /^([^:]*):(\d+)$/.exec(entry);
  return { host: match?.[1] ?? entry, port: match?.[2] };
}
