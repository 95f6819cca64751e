import { createAnswerQueue } from "./answers/answer-queue.js";
import { createReceiver } from "./create-receiver.js";
import { handleRequest } from "./http/handle-request.js";
import { listen } from "./http/listen.js";
import { originOf } from "./http/loopback.js";
import { resolveOptions, type ReceiverOptions, type ResolvedOptions } from "./options.js";
import type { ReceiverState } from "./receiver-state.js";
import type { Receiver } from "./receiver.js";
import { createRetryMemory } from "./rules/retry-rules.js";
import { createRequestLog } from "./store/request-log.js";
import { createSeriesStore } from "./store/series-store.js";
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
  const listener = await listen(resolved.host, resolved.port, (request, response) => {
    // Only the caller's own `onRequest` and conditions can throw here.
    handleRequest(request, response, state).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" });
      response.end(`the receiver failed: ${error instanceof Error ? error.message : "unknown error"}\n`);
    });
  });

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing.abort();
    waiters.end(new Error("the receiver was closed"));
    closed ??= listener.close();
    return closed;
  };
  const { port } = listener;
  return createReceiver({ state, waiters, origin: originOf(resolved.host, port), port, close });
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
