import { createServer, type IncomingMessage, request as httpRequest } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { listen } from "./loopback.js";

export interface TestProxy {
  /** Without a slash at the end. */
  readonly url: string;
  /** What it was asked, as in `CONNECT receiver.example:443`. */
  readonly asked: string[];
  readonly headers: IncomingMessage["headers"][];
  readonly connections: () => number;
}

export interface TestProxyOptions {
  /** Where everything goes, whatever host is asked for. */
  readonly to: string;
  /** The value of Proxy-Authorization without which it answers 407. */
  readonly authorization?: string | undefined;
  /** What it answers to CONNECT instead of connecting. */
  readonly connectStatus?: number | undefined;
  readonly tls?: ServerOptions | undefined;
}

/** A proxy for plain HTTP and for CONNECT, as far as tests need one. */
export async function startProxy({
  to,
  authorization,
  connectStatus,
  tls,
}: TestProxyOptions): Promise<TestProxy> {
  const asked: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const port = Number(new URL(to).port);
  const server = tls === undefined ? createServer() : createTlsServer(tls);

  function isAdmitted(request: IncomingMessage): boolean {
    asked.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    return authorization === undefined || request.headers["proxy-authorization"] === authorization;
  }

  server.on("request", (request, response) => {
    if (!isAdmitted(request)) {
      response.writeHead(407, { "proxy-authenticate": "Basic" });
      response.end(`${request.headers["proxy-authorization"]} is wrong`);
      return;
    }
    const { pathname, search } = new URL(request.url ?? "");
    const { "proxy-authorization": _, ...rest } = request.headers;
    const options = { host: "127.0.0.1", port, method: "POST", path: pathname + search, headers: rest };
    const passed = httpRequest(options, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.writeHead(502).end());
    request.pipe(passed);
  });

  server.on("connect", (request, socket: Socket) => {
    socket.on("error", () => {});
    const status = isAdmitted(request) ? connectStatus : 407;
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n${request.headers["proxy-authorization"]} is wrong`);
      return;
    }
    const target = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    onTestFinished(() => void target.destroy());
    target.on("error", () => socket.destroy());
    socket.on("close", () => target.destroy());
  });

  const { url, connections } = await listen(server);
  return { url: tls === undefined ? url : url.replace("http:", "https:"), asked, headers, connections };
}
