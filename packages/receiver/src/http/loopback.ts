import { isIPv4 } from "node:net";

/** Whether a host name or address is this machine itself. */
export function isLoopback(host: string): boolean {
  return (
    host === "localhost" || host === "::1" || host === "[::1]" || (isIPv4(host) && host.startsWith("127."))
  );
}

/** Whether a request's `Host` header names this machine: a page that another name leads here must not read the API. */
export function isLoopbackHeader(header: string | undefined): boolean {
  return header !== undefined && isLoopback(header.replace(/:\d+$/, "").toLowerCase());
}

/** The origin to reach a listener at. */
export function originOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
