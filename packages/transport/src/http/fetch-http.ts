import { unwrapped } from "@otel-remote-write/auth";
import { type ConnectionOptions, refuseConnectionOptions } from "./connection-options.js";
import type { Http, HttpResponse, ResponseBody } from "./http.js";

/** A function with the interface of the global `fetch`. */
export type Fetch = typeof globalThis.fetch;

/** Whether the runtime may hide headers of responses from us: browsers do, by CORS. */
export const headersMayBeHidden = true;

/** HTTP by the runtime's own fetch: for browsers, Deno, Workers. */
export function createHttp(_url: URL, options: ConnectionOptions, owner: string): Http {
  refuseConnectionOptions(options, owner, "needs Node, and this runtime has only fetch; leave it out");
  return createFetchHttp((input, init) => unwrapped(globalThis.fetch)(input, init));
}

/** HTTP by a given fetch, which keeps its own connections. */
export function createFetchHttp(fetch: Fetch): Http {
  return {
    async send({ url, headers, body, signal }) {
      const response = await unwrapped(fetch)(url, {
        method: "POST",
        headers: { ...headers },
        // Bytes of a SharedArrayBuffer, which the type excludes, are not among what an encoder or a codec gives.
        body: body as Uint8Array<ArrayBuffer>,
        redirect: "manual",
        signal,
      });
      return toHttpResponse(response);
    },
    whyNot: () => undefined,
    close() {},
    secrets: [],
  };
}

function toHttpResponse(response: Response): HttpResponse {
  return {
    status: response.status,
    header: (name) => response.headers.get(name) || undefined,
    headersHidden: response.type === "cors",
    body: toResponseBody(response.body),
  };
}

function toResponseBody(stream: ReadableStream<Uint8Array> | null): ResponseBody {
  const reader = stream?.getReader();
  return {
    async read() {
      const chunk = await reader?.read();
      return chunk?.value;
    },
    cancel() {
      reader?.cancel().catch(() => {});
    },
  };
}
