import type { Agent, IncomingMessage, RequestOptions } from "node:http";
import { createProxyChoice } from "../proxy/proxy-choice.js";
import { proxyRefused, proxyUnreachable, slowProxy } from "../proxy/proxy-fault.js";
import { proxyOptions } from "../proxy/proxy.js";
import { createTlsSource } from "../tls/tls-source.js";
import { createAgents, dropIdleConnections, loadHttp, type Route } from "./agents.js";
import { agentProtocol, checkAgent } from "./check-agent.js";
import type { ConnectionOptions } from "./connection-options.js";
import { createConsoleWarn } from "./console-warn.js";
import type { Http, HttpRequest, HttpResponse, Warn } from "./http.js";

/** Whether the runtime may hide headers of responses from us. */
export const headersMayBeHidden = false;

/**
 * HTTP by node:http and node:https, with kept-alive connections that do not keep the process alive.
 *
 * @param owner Who complains, first in messages about options.
 * @throws {Error} Where an option is wrong; the message names it and what a good one looks like.
 */
export function createHttp(
  url: URL,
  options: ConnectionOptions,
  owner: string,
  warn: Warn = createConsoleWarn(),
): Http {
  if (options.agent !== undefined) return createAgentHttp(checkAgent(url, options, owner) as Agent);
  const choice = createProxyChoice(url, options, process.env, owner);
  checkTlsIsOfUse(url, options, owner, choice.proxyFor(url)?.url);
  const tlsSource = options.tls === undefined ? undefined : createTlsSource(options.tls, owner, warn);
  const agents = createAgents();

  return {
    secrets: choice.secrets,
    whyNot: () => undefined,
    async send(request) {
      const proxy = choice.proxyFor(request.url);
      const route = await agents.routeFor({ ...request, proxy, tls: await tlsSource?.read() });
      try {
        return await post(route, request);
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error;
        // Others that idled as long are as stale: the second try opens a new connection.
        dropIdleConnections(route.agent);
        return await post(route, request);
      }
    },
    close: () => agents.close(),
  };
}

/** With an agent of the user's, who alone closes it. */
function createAgentHttp(agent: Agent): Http {
  return {
    secrets: [],
    whyNot(url) {
      const protocol = agentProtocol(agent);
      if (protocol === undefined || protocol === url.protocol) return undefined;
      return `and \`agent\` is one for ${protocol}//`;
    },
    async send(request) {
      const { request: open } = await loadHttp(request.url.protocol);
      const route: Route = { request: open, agent, proxy: undefined };
      try {
        return await post(route, request);
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error;
        return await post(route, request);
      }
    },
    close() {},
  };
}

/** Files that are never used let people believe that they are. */
function checkTlsIsOfUse(
  url: URL,
  { tls }: ConnectionOptions,
  owner: string,
  proxyUrl: URL | undefined,
): void {
  if (url.protocol === "https:" || proxyUrl?.protocol === "https:") return;
  const given = Object.entries(tls ?? {}).find(([, value]) => value !== undefined)?.[0];
  if (given === undefined) return;
  throw new TypeError(
    `${owner}: tls.${given} has no effect, since url begins with http://; make that https://, or leave tls out`,
  );
}

/** The receiver closed a kept-alive connection while the request was on its way (H8). */
class StaleConnection extends Error {
  override readonly name = "StaleConnection";
}

function post(route: Route, { url, headers, body, signal, onWaiting }: HttpRequest): Promise<HttpResponse> {
  const { agent, proxy } = route;
  // Through a proxy, plain HTTP is asked of the proxy itself, and TLS goes through a tunnel.
  const asked = proxy !== undefined && url.protocol === "http:" ? proxy : undefined;
  const ofProxy = asked && proxyOptions(asked, url.host);
  const absolute = { path: `${url.origin}${url.pathname}${url.search}`, servername: ofProxy?.servername };
  onWaiting(proxy && slowProxy(proxy, asked === undefined));
  return new Promise((resolve, reject) => {
    const options: RequestOptions & { tunnelSignal: AbortSignal } = {
      method: "POST",
      agent,
      ...(ofProxy && absolute),
      headers: { ...headers, ...(ofProxy && ofProxy.headers), "Content-Length": body.byteLength },
      signal,
      tunnelSignal: signal,
    };
    const request = route.request(asked?.url ?? url, options);
    // Also reached after the response: then it does nothing, and must be there all the same.
    request.on("error", (error: NodeJS.ErrnoException) => {
      const reset = error.code === "ECONNRESET" || error.code === "EPIPE";
      if (request.reusedSocket && reset) reject(new StaleConnection("stale", { cause: error }));
      else reject(asked === undefined ? error : proxyUnreachable(asked, error));
    });
    request.on("socket", (socket) => {
      socket.unref();
      // A tunnel leads to the receiver from here on.
      if (asked === undefined) onWaiting(undefined);
    });
    // Without a word before: the receiver wants to switch protocols.
    request.on("close", () => reject(Object.assign(new Error("no response"), { code: "ECONNRESET" })));
    request.on("response", (response) => {
      if (response.statusCode === 0) {
        response.destroy();
        reject(Object.assign(new Error("the status is 000"), { code: "HPE_INVALID_STATUS" }));
        return;
      }
      if (asked === undefined || response.statusCode !== 407) {
        resolve(toHttpResponse(response));
        return;
      }
      response.destroy();
      reject(proxyRefused(asked, 407));
    });
    request.end(body);
  });
}

function toHttpResponse(response: IncomingMessage): HttpResponse {
  const chunks: AsyncIterator<Uint8Array> = response[Symbol.asyncIterator]();
  return {
    status: response.statusCode ?? 0,
    header(name) {
      const value = response.headers[name];
      return (Array.isArray(value) ? value.join(", ") : value) || undefined;
    },
    headersHidden: false,
    body: {
      async read() {
        const chunk = await chunks.next();
        return chunk.done === true ? undefined : chunk.value;
      },
      cancel: () => response.destroy(),
    },
  };
}
