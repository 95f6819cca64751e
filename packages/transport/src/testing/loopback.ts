import { once } from "node:events";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import {
  connect,
  createServer as createNetServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import { onTestFinished } from "vitest";
import type { Batch } from "../client/batch.js";
import type { Fetch } from "../http/fetch-http.js";

/** Both ways to speak HTTP: a test over them says that they do not differ. */
export const transports: readonly { transport: string; fetch: Fetch | undefined }[] = [
  { transport: "node:http", fetch: undefined },
  { transport: "fetch", fetch: globalThis.fetch },
];

/** A batch that says it holds one sample. */
export const oneSample: Batch = {
  counts: { samples: 1, histograms: 0, exemplars: 0 },
  encode: () => new TextEncoder().encode("encoded batch"),
};

/** A request as a server received it. */
export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: IncomingMessage["headers"];
  /** Names and values in turn, as on the wire. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly socket: Socket;
}

export interface LoopbackServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly requests: Received[];
  /** How many connections came in. */
  readonly connections: () => number;
}

/** An HTTP server on a free port of the loopback interface, until the test ends. It reads each request to its end. */
export async function startServer(
  answer: (response: ServerResponse, request: Received) => void,
  tls?: ServerOptions,
): Promise<LoopbackServer> {
  const requests: Received[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: target = "", headers, rawHeaders, socket } = request;
      const received = { method, target, headers, rawHeaders, body: Buffer.concat(chunks), socket };
      requests.push(received);
      answer(response, received);
    });
  };
  const options = { keepAliveTimeout: 60_000 };
  if (tls === undefined) return { requests, ...(await listen(createServer(options, listener))) };
  const server = createTlsServer({ ...options, ...tls }, listener);
  const { url, ...rest } = await listen(server);
  return { requests, url: url.replace("http:", "https:"), ...rest };
}

/** A TCP server that does with each connection what it is told. */
export async function startRawServer(
  onConnection: (socket: Socket) => void,
): Promise<Omit<LoopbackServer, "requests">> {
  return await listen(
    createNetServer((socket) => {
      socket.on("error", () => {});
      onConnection(socket);
    }),
  );
}

/** A URL on which nothing listens, nor can until the test ends: its port is that of a connection's other end. */
export async function unusedUrl(): Promise<string> {
  const { url } = await startRawServer(() => {});
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => {});
  await once(socket, "connect");
  return `http://127.0.0.1:${socket.localPort}`;
}

export async function listen(server: Server): Promise<Omit<LoopbackServer, "requests">> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const port = await listening(server);
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return { url: `http://127.0.0.1:${port}`, connections: () => connections };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
