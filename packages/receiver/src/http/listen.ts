import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that listens. */
export interface Listener {
  readonly port: number;
  /** Ends all connections, whatever is going on in them. */
  close(): Promise<void>;
}

/** Listens on the address. Rejects with the system's error when it can't. */
export async function listen(host: string, port: number, handler: RequestListener): Promise<Listener> {
  const server = createServer(handler);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
