import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { Http, HttpRequest, HttpResponse } from "./http.js";

interface Client {
  readonly request: (url: URL, options: RequestOptions) => ClientRequest;
  readonly agent: Agent;
}

/** Whether the runtime may hide headers of responses from us. */
export const headersMayBeHidden = false;

/** HTTP by node:http and node:https, with kept-alive connections that do not keep the process alive. */
export function createHttp(): Http {
  const clients = new Map<string, Promise<Client>>();
  let closed = false;

  function clientFor(protocol: string): Promise<Client> {
    let client = clients.get(protocol);
    if (client === undefined) {
      client = loadClient(protocol);
      clients.set(protocol, client);
    }
    return client;
  }

  return {
    async send(request) {
      const client = await clientFor(request.url.protocol);
      if (closed) keepNoConnection(client.agent);
      try {
        return await post(client, request);
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error;
        // Others that idled as long are as stale: the second try opens a new connection.
        dropIdleConnections(client.agent);
        return await post(client, request);
      }
    },
    close() {
      closed = true;
      for (const client of clients.values()) {
        void client.then(({ agent }) => keepNoConnection(agent));
      }
    },
  };
}

/** Loaded at first use, so that instrumentation which starts later than this module can patch it. */
async function loadClient(protocol: string): Promise<Client> {
  const { default: http } = protocol === "https:" ? await import("node:https") : await import("node:http");
  return {
    request: (url, options) => http.request(url, options),
    agent: new http.Agent({ keepAlive: true }),
  };
}

/** The receiver closed a kept-alive connection while the request was on its way (H8). */
class StaleConnection extends Error {
  override readonly name = "StaleConnection";
}

function post(client: Client, { url, headers, body, signal }: HttpRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const request = client.request(url, {
      method: "POST",
      agent: client.agent,
      headers: { ...headers, "Content-Length": body.byteLength },
      signal,
    });
    // Also reached after the response: then it does nothing, and must be there all the same.
    request.on("error", (error: NodeJS.ErrnoException) => {
      const reset = error.code === "ECONNRESET" || error.code === "EPIPE";
      reject(request.reusedSocket && reset ? new StaleConnection("stale", { cause: error }) : error);
    });
    request.on("socket", (socket) => socket.unref());
    // Without a word before: the receiver wants to switch protocols.
    request.on("close", () => reject(Object.assign(new Error("no response"), { code: "ECONNRESET" })));
    request.on("response", (response) => resolve(toHttpResponse(response)));
    request.end(body);
  });
}

function toHttpResponse(response: IncomingMessage): HttpResponse {
  const chunks: AsyncIterator<Uint8Array> = response[Symbol.asyncIterator]();
  return {
    status: response.statusCode ?? 0,
    header(name) {
      const value = response.headers[name];
      return (Array.isArray(value) ? value.join(", ") : value) || undefined;
    },
    headersHidden: false,
    body: {
      async read() {
        const chunk = await chunks.next();
        return chunk.done === true ? undefined : chunk.value;
      },
      cancel: () => response.destroy(),
    },
  };
}

function keepNoConnection(agent: Agent): void {
  agent.maxFreeSockets = 0;
  dropIdleConnections(agent);
}

function dropIdleConnections(agent: Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}
