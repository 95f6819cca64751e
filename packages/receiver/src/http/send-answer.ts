import type { ServerResponse } from "node:http";
import type { Fault } from "../store/received-request.js";

/** An answer as it goes out. */
export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends it. Resolves with true when it has gone out whole, with false when the sender left before. */
export function sendAnswer(response: ServerResponse, answer: OutgoingAnswer): Promise<boolean> {
  return new Promise((resolve) => {
    if (response.destroyed) {
      resolve(false);
      return;
    }
    response.once("finish", () => resolve(true));
    response.once("close", () => resolve(response.writableFinished));
    const text = answer.body === "" ? {} : { "Content-Type": "text/plain; charset=utf-8" };
    response.writeHead(answer.status, { ...text, ...answer.headers });
    response.end(answer.body);
  });
}

/** Does what the fault says to the connection. Resolves when the connection has ended. */
export async function sendFault(response: ServerResponse, fault: Fault): Promise<void> {
  const { socket } = response;
  if (socket === null || socket.destroyed) return;
  const ended = new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
  });
  if (fault === "truncate") {
    response.writeHead(200, { "Content-Type": "text/plain; charset=utf-8", "Content-Length": "100" });
    response.write("x".repeat(50), () => socket.resetAndDestroy());
  } else if (fault !== "stall") {
    socket.resetAndDestroy();
  }
  await ended;
}
