import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../random.js";
import type { Instruments } from "./instruments.js";
import { findRoute, type Route } from "./routes.js";
import { createShop, type Reply, type Shop } from "./shop.js";

/** The shop on a free port of the loopback interface. */
export interface Service {
  readonly origin: string;
  /** Resolves when nothing is recorded any more. */
  close(): Promise<void>;
}

export async function startService(instruments: Instruments, random: Random): Promise<Service> {
  const shop = createShop(instruments, random);
  const server = createServer((request, response) => {
    // A client that went away is no failure of the shop's.
    handle(request, response, { shop, instruments, random }).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeIdleConnections();
      await once(server, "close");
    },
  };
}

interface Context {
  readonly shop: Shop;
  readonly instruments: Instruments;
  readonly random: Random;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { shop, instruments, random }: Context,
): Promise<void> {
  const start = performance.now();
  const method = request.method ?? "GET";
  const url = new URL(request.url ?? "/", "http://localhost");
  const route = findRoute(method, url.pathname);
  const active = { "http.request.method": method };
  instruments.activeRequests.add(1, active);
  try {
    const { status, body } = await answer(route, shop, url, random);
    const text = JSON.stringify(body);
    const attributes = { ...active, ...(route !== undefined && { "http.route": route.path }) };
    instruments.responseSize.record(Buffer.byteLength(text), attributes);
    instruments.requestDuration.record(exactSeconds(performance.now() - start), {
      ...attributes,
      "http.response.status_code": status,
    });
    response.writeHead(status, { "Content-Type": "application/json" }).end(text);
  } finally {
    instruments.activeRequests.add(-1, active);
  }
}

/**
 * In steps of 1/1024 s, about a millisecond. Sums of such numbers are exact in whatever order they are added, and the
 * SDK adds in another order than the recorder: first up within each collection.
 */
function exactSeconds(millis: number): number {
  return Math.round((millis / 1000) * 1024) / 1024;
}

async function answer(route: Route | undefined, shop: Shop, url: URL, random: Random): Promise<Reply> {
  if (route === undefined) return { status: 404, body: { error: "no such page" } };
  // Most answers are quick, a few take several times as long.
  await sleep(route.typicalMillis * (0.5 - Math.log(1 - random())));
  return route.handle(shop, url);
}
