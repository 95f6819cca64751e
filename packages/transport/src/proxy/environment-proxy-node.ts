import { createHttp } from "../http/node-http.js";
import type { HttpResponse } from "../http/http.js";
import type { FindEnvironmentProxy } from "./environment-proxy.js";
import { createProxyChoice } from "./proxy-choice.js";
import { nameProxy } from "./proxy-fault.js";

export const findEnvironmentProxy: FindEnvironmentProxy = (url, owner, instead) => {
  const choice = createProxyChoice(url, {}, process.env, owner, instead);
  const proxy = choice.proxyFor(url);
  if (proxy === undefined) return undefined;
  const http = createHttp(url, {}, owner);
  return {
    shown: nameProxy(proxy),
    secrets: choice.secrets,
    async fetch(_url, { headers, body, signal } = {}) {
      const release = holdProcess();
      try {
        const response = await http.send({
          url,
          foreign: false,
          headers: Object.fromEntries(new Headers(headers)),
          body: new Uint8Array(await new Response(body).arrayBuffer()),
          signal: signal ?? new AbortController().signal,
          onWaiting() {},
        });
        return toResponse(response, release);
      } catch (error) {
        release();
        throw error;
      }
    },
  };
};

/** Keeps the process alive, as Node's `fetch` does while a request is under way; our sockets alone do not. */
function holdProcess(): () => void {
  const timer = setInterval(() => {}, 2 ** 31 - 1);
  return () => clearInterval(timer);
}

/** Those that have no body, and for which `Response` takes none. */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/** @param onEnd Called when the body has been read or given up. */
function toResponse({ status, header, body }: HttpResponse, onEnd: () => void): Response {
  const cancel = (): void => {
    onEnd();
    body.cancel();
  };
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const chunk = await body.read();
        if (chunk !== undefined) {
          controller.enqueue(chunk);
          return;
        }
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      onEnd();
    },
    cancel,
  });
  const headers = { "content-type": header("content-type") ?? "" };
  if (!withoutBody.has(status)) return new Response(stream, { status, headers });
  cancel();
  return new Response(null, { status, headers });
}
