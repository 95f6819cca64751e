import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** A token request as it arrived. */
interface TokenServerRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly form: URLSearchParams;
}

export type Answer = (response: ServerResponse, request: TokenServerRequest) => void;

export interface TokenServer {
  readonly tokenUrl: string;
  readonly requests: readonly TokenServerRequest[];
  /** From now on. */
  answer: Answer;
  close(): Promise<void>;
}

/** A token endpoint that answers as it is told, by default with `token-1`, `token-2`, … for an hour. */
export async function startTokenServer(port = 0): Promise<TokenServer> {
  const requests: TokenServerRequest[] = [];
  const server = createServer((incoming, response) => void handle(incoming, response));
  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url: path, headers } = incoming;
    const request = { method, path, headers, form: new URLSearchParams(await text(incoming)) };
    requests.push(request);
    started.answer(response, request);
  }
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = (): Promise<void> => closeServer(server);
  onTestFinished(close);
  const started: TokenServer = {
    tokenUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    requests,
    answer: (response) => sendToken(response, `token-${requests.length}`),
    close,
  };
  return started;
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export function sendToken(response: ServerResponse, access_token: string, expires_in = 3600): void {
  sendJson(response, 200, { access_token, token_type: "Bearer", expires_in });
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
