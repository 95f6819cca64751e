import { createHttp } from "#http";
import { checkHttpUrl } from "@otel-remote-write/auth";
import type { ConnectionOptions } from "./connection-options.js";
import type { Fetch } from "./fetch-http.js";
import type { ResponseBody } from "./http.js";

/** Statuses whose responses have no body. */
const bodiless = new Set([101, 204, 205, 304]);

/**
 * A `fetch` for POST requests whose connections are made as the client makes its own: with its TLS files, and by way of
 * its proxy. For what a sender needs besides, such as the token endpoint of `oauth2Auth`. Redirects come back as they are,
 * and of the response's headers `content-type` alone. Sockets do not keep the process alive.
 *
 * @param url where most requests go, an absolute URL, for checking the options
 * @param options none by default
 * @throws {Error} Where an option is wrong; the message names it and what a good one looks like.
 */
export function createFetch(url: string | URL, options: ConnectionOptions = {}): Fetch {
  const target = checkHttpUrl(url, "url", "createFetch", "https://auth.example.com/token");
  const http = createHttp(target, options, "createFetch");
  return async (input, init) => {
    const request = new Request(input, init);
    if (request.method !== "POST") throw new TypeError(`only POST is supported, not ${request.method}`);
    const response = await http.send({
      url: new URL(request.url),
      foreign: false,
      headers: Object.fromEntries(request.headers),
      body: new Uint8Array(await request.arrayBuffer()),
      signal: request.signal,
      onWaiting() {},
    });
    const { status, body } = response;
    const contentType = response.header("content-type");
    return new Response(bodiless.has(status) ? null : toStream(body), {
      status,
      ...(contentType !== undefined && { headers: { "content-type": contentType } }),
    });
  };
}

function toStream(body: ResponseBody): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const piece = await body.read();
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
    cancel: () => body.cancel(),
  });
}
