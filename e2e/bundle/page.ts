import { createContext, runInContext } from "node:vm";

/**
 * Runs a script with the globals of a page, and none of Node's, and gives its global variable `page`, whose
 * type the caller knows.
 *
 * @param globals are added, and replace those of Node that a browser has too
 */
export function runInPage(code: string, globals: Readonly<Record<string, unknown>>): unknown {
  const context = createContext({
    AbortController,
    AbortSignal,
    atob,
    Blob,
    btoa,
    console,
    crypto,
    DOMException,
    Event,
    EventTarget,
    fetch,
    FormData,
    Headers,
    performance,
    queueMicrotask,
    ReadableStream,
    Request,
    Response,
    structuredClone,
    TextDecoder,
    TextEncoder,
    URL,
    URLSearchParams,
    ...createTimers(),
    ...globals,
  });
  runInContext("globalThis.self = globalThis.window = globalThis;", context);
  runInContext(code, context);
  return runInContext("page", context) as unknown;
}

/** Timers whose handles are numbers, without `unref()`. */
function createTimers() {
  const running = new Map<number, NodeJS.Timeout>();
  let lastId = 0;
  function add(timer: NodeJS.Timeout): number {
    lastId += 1;
    running.set(lastId, timer);
    return lastId;
  }
  function clear(id: number): void {
    clearTimeout(running.get(id));
    running.delete(id);
  }
  type Callback = (...args: unknown[]) => void;
  return {
    setTimeout: (callback: Callback, millis?: number, ...args: unknown[]) =>
      add(setTimeout(callback, millis, ...args)),
    setInterval: (callback: Callback, millis?: number, ...args: unknown[]) =>
      add(setInterval(callback, millis, ...args)),
    clearTimeout: clear,
    clearInterval: clear,
  };
}
