import { createHttp } from "../http/node-http.js";
import type { HttpResponse } from "../http/http.js";
import type { FindEnvironmentProxy } from "./environment-proxy.js";
import { createProxyChoice } from "./proxy-choice.js";
import { nameProxy } from "./proxy-fault.js";

export const findEnvironmentProxy: FindEnvironmentProxy = (url, instead) => {
  const choice = createProxyChoice(url, {}, process.env, instead);
  const proxy = choice.proxyFor(url);
  if (proxy === undefined) return undefined;
  const http = createHttp(url, {});
  return {
    shown: nameProxy(proxy),
    secrets: choice.secrets,
    async fetch(_url, { headers, body, signal } = {}) {
      const response = await http.send({
        url,
        foreign: false,
        headers: Object.fromEntries(new Headers(headers)),
        body: new Uint8Array(await new Response(body).arrayBuffer()),
        signal: signal ?? new AbortController().signal,
        onWaiting() {},
      });
      return toResponse(response);
    },
  };
};

/** Those that have no body, and for which `Response` takes none. */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

function toResponse({ status, header, body }: HttpResponse): Response {
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = await body.read();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
    cancel: () => body.cancel(),
  });
  const headers = { "content-type": header("content-type") ?? "" };
  return new Response(withoutBody.has(status) ? null : stream, { status, headers });
}
