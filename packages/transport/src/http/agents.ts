import type { Agent, AgentOptions, ClientRequest, RequestOptions } from "node:http";
import type { AgentOptions as TlsAgentOptions } from "node:https";
import { unwrapped } from "@otel-remote-write/auth";
import type { Proxy } from "../proxy/proxy.js";
import { createTunnel } from "../proxy/tunnel.js";
import type { TlsMaterial } from "../tls/tls-material.js";

/** How a request goes out. */
export interface Route {
  readonly request: (url: URL, options: RequestOptions) => ClientRequest;
  readonly agent: Agent;
  /** The proxy that is on the way. */
  readonly proxy: Proxy | undefined;
}

/** What decides about the connections of a request. */
interface RouteInput {
  readonly url: URL;
  readonly foreign: boolean;
  readonly proxy: Proxy | undefined;
  readonly tls: TlsMaterial | undefined;
}

/** Agents that keep connections, and don't mix those that must not be mixed. */
export interface Agents {
  routeFor(input: RouteInput): Promise<Route>;
  /** Gives up connections that are idle, and keeps none from now on. */
  close(): void;
}

interface Entry {
  readonly tls: TlsMaterial | undefined;
  readonly route: Promise<Route>;
}

export function createAgents(): Agents {
  const entries = new Map<string, Entry>();
  let closed = false;

  return {
    async routeFor(input) {
      const { url, foreign, proxy, tls } = input;
      const key = [url.protocol, foreign, proxy?.url.href].join(" ");
      const kept = entries.get(key);
      if (kept !== undefined && kept.tls === tls) return await kept.route;
      // Its files have changed: connections made with the old ones end as soon as they are idle.
      void kept?.route.then(({ agent }) => keepNoConnection(agent));
      const route = createRoute(input);
      entries.set(key, { tls, route });
      const made = await route;
      if (closed) keepNoConnection(made.agent);
      return made;
    },
    close() {
      closed = true;
      for (const { route } of entries.values()) void route.then(({ agent }) => keepNoConnection(agent));
    },
  };
}

/** Node's modules are loaded at first use, so that instrumentation which starts later than this module can patch them. */
async function createRoute({ url, foreign, proxy, tls }: RouteInput): Promise<Route> {
  const connect = foreign ? tls?.others : tls?.receiver;
  if (url.protocol === "https:") {
    const https = await loadHttp("https:");
    const agent = https.createAgent({ ...connect });
    if (proxy !== undefined) {
      const { request } = await loadHttp(proxy.url.protocol);
      const createConnection = createTunnel(proxy, (at, options) =>
        request(at, { ...options, ...tls?.others, agent: false }),
      );
      Object.assign(agent, { createConnection });
    }
    return { request: https.request, agent, proxy };
  }
  const { request, createAgent } = await loadHttp(proxy?.url.protocol ?? url.protocol);
  return { request, agent: createAgent({ ...tls?.others }), proxy };
}

interface HttpModule {
  readonly request: Route["request"];
  readonly createAgent: (options: TlsAgentOptions) => Agent;
}

export async function loadHttp(protocol: string): Promise<HttpModule> {
  const { default: http } = protocol === "https:" ? await import("node:https") : await import("node:http");
  return {
    request: (url, options) => unwrapped(http.request)(url, options),
    createAgent: (options) => new http.Agent({ ...(options as AgentOptions), keepAlive: true }),
  };
}

function keepNoConnection(agent: Agent): void {
  agent.maxFreeSockets = 0;
  dropIdleConnections(agent);
}

export function dropIdleConnections(agent: Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}
