import type { IncomingMessage, ServerResponse } from "node:http";
import type { ReceiverState } from "../receiver-state.js";
import type { ReceivedRequest } from "../store/received-request.js";
import { latestPoint } from "../store/stored-series.js";
import { addAnswers } from "./handle-answers.js";
import { apiText } from "./api-text.js";
import { isLoopbackHeader } from "./loopback.js";
import { redactHeaders } from "./redact-headers.js";
import { toJson } from "./to-json.js";

type ApiHandler = (state: ReceiverState) => unknown;

const readers: ReadonlyMap<string, ApiHandler> = new Map<string, ApiHandler>([
  ["/api/series", ({ store }) => store.list()],
  ["/api/metadata", ({ store }) => store.families.list()],
  ["/api/latest", ({ store }) => store.list().flatMap((series) => latestPoint(series) ?? [])],
  ["/api/requests", ({ log }) => log.list().map(describeRequest)],
  ["/api/violations", ({ log }) => listFindings(log.list())],
]);

/** Answers a request for the JSON API; false when it is for something else. */
export async function handleApi(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  state: ReceiverState,
): Promise<boolean> {
  const route = `${request.method === "HEAD" ? "GET" : request.method} ${path}`;
  const reader = route.startsWith("GET ") ? readers.get(path) : undefined;
  const isOurs = reader !== undefined || ["GET /", "POST /api/answers", "DELETE /api/data"].includes(route);
  if (!isOurs) return false;
  if (!isLoopbackHeader(request.headers.host)) {
    send(response, 403, "text/plain; charset=utf-8", "the Host header must name the loopback interface\n");
  } else if (route === "GET /") {
    send(response, 200, "text/plain; charset=utf-8", apiText);
  } else if (route === "POST /api/answers") {
    const { status, body } = await addAnswers(request, state.answers);
    send(response, status, "application/json", toJson(body));
  } else if (route === "DELETE /api/data") {
    clear(state);
    response.writeHead(204).end();
  } else {
    send(response, 200, "application/json", toJson(reader?.(state)));
  }
  return true;
}

/** Forgets all that was received. Scripted answers stay. */
export function clear(state: ReceiverState): void {
  state.store.clear();
  state.log.clear();
  state.retries.clear();
}

function describeRequest({ body, headers, url: _url, ...rest }: ReceivedRequest): unknown {
  return {
    ...rest,
    time: new Date(rest.time).toISOString(),
    headers: redactHeaders(headers),
    bodyBytes: body.length,
  };
}

function listFindings(requests: readonly ReceivedRequest[]): unknown {
  return {
    violations: requests.flatMap((request) => request.violations),
    warnings: requests.flatMap((request) => request.warnings),
  };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "Content-Type": type, "X-Content-Type-Options": "nosniff" }).end(body);
}
