import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAnswerQueue } from "./answers/answer-queue.js";
import { clear } from "./http/handle-api.js";
import { handleRequest, writePaths } from "./http/handle-request.js";
import { originOf } from "./http/loopback.js";
import { resolveOptions, type ReceiverOptions, type ResolvedOptions } from "./options.js";
import type { ReceiverState } from "./receiver-state.js";
import type { Receiver } from "./receiver.js";
import { createRetryMemory } from "./rules/retry-rules.js";
import { matchesSeries } from "./store/match-series.js";
import { createRequestLog } from "./store/request-log.js";
import { createSeriesStore } from "./store/series-store.js";
import { latestPoint } from "./store/stored-series.js";
import { createWaiters, type Waiters } from "./waiters.js";

/**
 * Starts a receiver, by default on a free port of 127.0.0.1. Rejects with a TypeError for a wrong option, and with
 * the system's error (`EADDRINUSE` …) when it cannot listen.
 */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const resolved = resolveOptions(options);
  const closing = new AbortController();
  const waiters = createWaiters();
  const state = createState(resolved, closing.signal, waiters);
  const server = createServer((request, response) => {
    handleRequest(request, response, state).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" });
      response.end(`the receiver failed: ${error instanceof Error ? error.message : "unknown error"}\n`);
    });
  });
  await listen(server, resolved);
  const { port } = server.address() as AddressInfo;
  const origin = originOf(resolved.host, port);
  return createReceiver({ state, waiters, origin, port, close: () => close(server, closing, waiters) });
}

function createState(options: ResolvedOptions, closing: AbortSignal, waiters: Waiters): ReceiverState {
  const { accept, limits, onRequest } = options;
  const log = createRequestLog(limits);
  return {
    accept,
    limits,
    store: createSeriesStore(limits),
    log,
    retries: createRetryMemory(limits.requests),
    answers: createAnswerQueue(),
    closing,
    recorded(request): void {
      log.add(request);
      waiters.check();
    },
    ended(request): void {
      onRequest(request);
      waiters.check();
    },
  };
}

interface Parts {
  readonly state: ReceiverState;
  readonly waiters: Waiters;
  readonly origin: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

function createReceiver({ state, waiters, origin, port, close }: Parts): Receiver {
  const { store, log, answers } = state;
  const find: Receiver["find"] = (matcher) => store.list().filter((series) => matchesSeries(series, matcher));
  const receiver: Receiver = {
    url: `${origin}${writePaths[0]}`,
    origin,
    port,
    series: () => store.list(),
    find,
    value(matcher): number | undefined {
      const found = find(matcher);
      if (found.length > 1) {
        const names = found.slice(0, 5).map((series) => JSON.stringify(series.labels));
        throw new Error(`${found.length} series match ${JSON.stringify(matcher)}: ${names.join(", ")}`);
      }
      return found[0]?.samples.at(-1)?.value;
    },
    latest: () => store.list().flatMap((series) => latestPoint(series) ?? []),
    metadata: () => store.families.list(),
    get requests() {
      return log.list();
    },
    get violations() {
      return log.list().flatMap((request) => request.violations);
    },
    get warnings() {
      return log.list().flatMap((request) => request.warnings);
    },
    totals: () => log.totals(),
    evicted: () => store.evicted(),
    answer: (...next) => answers.push(next),
    answerEvery: (answer) => answers.setEvery(answer),
    waitFor: (condition, options) => {
      const holds =
        typeof condition === "function"
          ? (): boolean => condition(receiver)
          : (): boolean => {
              const { requests, storedPoints } = log.totals();
              return requests >= (condition.requests ?? 0) && storedPoints >= (condition.storedPoints ?? 0);
            };
      return waiters.add(holds, options?.signal);
    },
    reset(): void {
      clear(state);
      answers.clear();
    },
    close,
  };
  return receiver;
}

function listen(server: Server, { host, port }: ResolvedOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function close(server: Server, closing: AbortController, waiters: Waiters): Promise<void> {
  if (closing.signal.aborted) return;
  closing.abort();
  waiters.end(new Error("the receiver was closed"));
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
