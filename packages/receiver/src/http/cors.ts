import type { ServerResponse } from "node:http";

/**
 * Pages of any origin may write, so that a browser can try the exporter. They may not read: the JSON API has no such
 * headers. The Written headers stay hidden, as they are with real backends.
 */
export const corsHeaders: Readonly<Record<string, string>> = { "Access-Control-Allow-Origin": "*" };

/** Answers the request that a browser sends ahead of the write itself. */
export function answerPreflight(requestedHeaders: string | undefined, response: ServerResponse): void {
  response.writeHead(204, {
    ...corsHeaders,
    "Access-Control-Allow-Methods": "POST",
    // By name, since "*" does not stand for Authorization.
    ...(requestedHeaders === undefined ? {} : { "Access-Control-Allow-Headers": requestedHeaders }),
    "Access-Control-Max-Age": "600",
  });
  response.end();
}
