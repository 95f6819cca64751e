import { setTimeout as sleep } from "node:timers/promises";
import { createRandom, type Random } from "./random.js";

/** Visitors of the shop. */
export interface Traffic {
  /** Requests that were answered. */
  requests(): number;
  /** Resolves when the last answer is there. Rejects when a request got none. */
  stop(): Promise<void>;
}

const visitors = 5;
const longestPauseMillis = 150;

/** The mix: how often, what. */
const mix: readonly (readonly [weight: number, method: string, path: string])[] = [
  [30, "GET", "/products"],
  [14, "GET", "/products/1"],
  [10, "GET", "/products/3"],
  [4, "GET", "/products/99"],
  [12, "POST", "/cart/1"],
  [8, "POST", "/cart/2"],
  [6, "POST", "/cart/4"],
  [7, "POST", "/orders?payment=card"],
  [6, "POST", "/orders?payment=invoice"],
  [3, "GET", "/favicon.ico"],
];
const totalWeight = mix.reduce((sum, [weight]) => sum + weight, 0);

/** The same seed gives every visitor the same requests in the same order; only their interleaving differs. */
export function startTraffic(origin: string, seed: number): Traffic {
  const stopping = new AbortController();
  let requests = 0;

  async function visit(random: Random): Promise<void> {
    while (!stopping.signal.aborted) {
      const [method, path] = chooseRequest(random);
      const response = await fetch(origin + path, { method });
      await response.arrayBuffer();
      requests++;
      await sleep(random() * longestPauseMillis, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const visits = Promise.all(
    Array.from({ length: visitors }, (_, index) => visit(createRandom(seed + index))),
  );
  // A failure is reported by stop().
  visits.catch(() => {});
  return {
    requests: () => requests,
    async stop() {
      stopping.abort();
      await visits;
    },
  };
}

function chooseRequest(random: Random): readonly [method: string, path: string] {
  let left = random() * totalWeight;
  for (const [weight, method, path] of mix) {
    left -= weight;
    if (left < 0) return [method, path];
  }
  return ["GET", "/products"];
}
