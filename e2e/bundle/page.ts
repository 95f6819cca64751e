import { createContext, runInContext } from "node:vm";

/**
 * Runs a script with the globals of a page, and none of Node's, and gives its global variable `page`, which
 * the caller knows the type of.
 *
 * @param globals replace those of Node that are the same in a browser, or take them away when undefined
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
  return {
    setTimeout: (callback: () => void, millis?: number) => add(setTimeout(callback, millis)),
    setInterval: (callback: () => void, millis?: number) => add(setInterval(callback, millis)),
    clearTimeout: clear,
    clearInterval: clear,
  };
}
