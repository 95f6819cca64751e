import type { IncomingMessage, ServerResponse } from "node:http";
import type { ReceiverState } from "../receiver-state.js";
import { apiText } from "./api-text.js";
import { answerPreflight } from "./cors.js";
import { handleApi } from "./handle-api.js";
import { handleWrite } from "./handle-write.js";
import { openRequest } from "./record-request.js";

/** Where writes go: Prometheus' path, and Cortex' and Mimir's. */
export const writePaths: readonly string[] = ["/api/v1/write", "/api/v1/push"];

/** Sends every request to where it belongs. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  state: ReceiverState,
): Promise<void> {
  // A sender that goes away in the middle is its own business; the record of the request says how it ended.
  response.on("error", () => undefined);
  const path = request.url?.split("?", 1)[0] ?? "/";
  if (writePaths.includes(path)) {
    if (request.method === "OPTIONS")
      answerPreflight(request.headers["access-control-request-headers"], response);
    else await handleWrite(request, response, state);
  } else if (!(await handleApi(path, request, response, state))) {
    notFound(request, response, state);
  }
}

/** A POST to another path is most likely a sender with a wrong URL: it is recorded, so that it can be seen. */
function notFound(request: IncomingMessage, response: ServerResponse, state: ReceiverState): void {
  request.resume();
  response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(`nothing is at this path\n\n${apiText}`);
  if (request.method !== "POST") return;
  const record = openRequest(request, state);
  record.status = 404;
  record.answered = true;
  state.recorded(record);
  state.ended(record);
}
