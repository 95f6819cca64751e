import type { ClientRequest, RequestOptions } from "node:http";
import type { Duplex } from "node:stream";
import { connect, type ConnectionOptions } from "node:tls";
import { proxyRefused, proxyUnreachable } from "./proxy-fault.js";
import { type Proxy, proxyOptions } from "./proxy.js";

/** `createConnection` of an https.Agent, as Node calls it. */
export type CreateConnection = (
  options: ConnectionOptions & { tunnelSignal?: AbortSignal | undefined },
  done: (error: Error | null, stream?: Duplex) => void,
) => undefined;

/**
 * Connects through a proxy: asks it with CONNECT for a connection to the receiver, and speaks TLS with the receiver over
 * that. The proxy sees host and port, no more.
 *
 * @param request Makes a request to the proxy, and with it a connection of its own.
 */
export function createTunnel(
  proxy: Proxy,
  request: (url: URL, options: RequestOptions) => ClientRequest,
): CreateConnection {
  return (options, done) => {
    const { host = "", port = 443, tunnelSignal: signal, ...tls } = options;
    const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
    const asking = request(proxy.url, {
      method: "CONNECT",
      path: target,
      ...proxyOptions(proxy, target),
      signal,
    });
    asking.on("socket", (socket) => socket.unref());
    asking.on("error", (error) => done(proxyUnreachable(proxy, error)));
    // Whatever the status.
    asking.on("connect", ({ statusCode = 0 }, socket) => {
      if (statusCode < 200 || statusCode >= 300) {
        socket.destroy();
        done(proxyRefused(proxy, statusCode));
        return;
      }
      const servername = tls.servername ?? host;
      done(null, connect({ ...tls, host, servername, socket, ALPNProtocols: ["http/1.1"] }));
    });
    asking.end();
  };
}
