import { connect, createServer } from "node:net";

/** @import { Server, Socket } from "node:net" */

/**
 * What can happen to one request on its way:
 * - `reset`: the connection is reset before anything reaches the receiver
 * - `resetInBody`: it is reset when all but the last bytes of the request have reached the receiver
 * - `stall`: nothing reaches the receiver, and the connection stays open until the sender gives up
 * - `dropAnswer`: the receiver has stored and answered, and the connection is reset instead of the answer
 * - `holdAnswer`: the same, and nothing happens until the sender gives up
 * - `cutAnswer`: the connection is reset in the middle of the answer's first line
 * - `close`: the connection is closed in good order without an answer
 * - `garbage`: something that is no HTTP comes in place of the answer, and nothing reaches the receiver
 *
 * @typedef {"reset" | "resetInBody" | "stall" | "dropAnswer" | "holdAnswer" | "cutAnswer" | "close" | "garbage"} ConnectionFault
 *
 * @typedef {object} FaultProxy
 * @property {string} origin `http://127.0.0.1:<port>`
 * @property {(...faults: (ConnectionFault | undefined)[]) => void} script what happens to the next requests, one each
 * @property {() => number} scripted how many of these are still to come
 * @property {(decide: (() => ConnectionFault | undefined) | undefined) => void} decide what happens to every other request
 * @property {() => Promise<void>} down nothing listens any more, and all connections are reset
 * @property {() => Promise<void>} up it listens again, on the same port
 */

/** @type {readonly ConnectionFault[]} */
export const connectionFaults = [
  "reset",
  "resetInBody",
  "stall",
  "dropAnswer",
  "holdAnswer",
  "cutAnswer",
  "close",
  "garbage",
];

/**
 * A TCP proxy on the loopback interface that breaks connections as it is told. It knows no HTTP but that requests and
 * answers take turns: what comes first on a connection, or after an answer, is the next request.
 *
 * @param {number} targetPort of the receiver, on 127.0.0.1
 * @returns {Promise<FaultProxy>}
 */
export async function startFaultProxy(targetPort) {
  /** @type {(ConnectionFault | undefined)[]} */
  const script = [];
  /** @type {(() => ConnectionFault | undefined) | undefined} */
  let decide;
  /** @type {Set<Socket>} */
  const sockets = new Set();

  const nextFault = () => (script.length > 0 ? script.shift() : decide?.());

  /** @type {(socket: Socket) => Socket} */
  function keep(socket) {
    sockets.add(socket);
    // A broken connection is what this is about.
    return socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  }

  /** @type {(sender: Socket) => void} */
  function serve(sender) {
    keep(sender);
    const receiver = keep(connect(targetPort, "127.0.0.1"));
    /** @type {ConnectionFault | undefined} */
    let fault;
    let isIdle = true;

    // The receiver first: it must have seen that its answer got lost before the sender comes again.
    const resetBoth = () => {
      receiver.once("close", () => sender.resetAndDestroy());
      receiver.resetAndDestroy();
    };

    sender.on("data", (chunk) => {
      if (isIdle) {
        isIdle = false;
        fault = nextFault();
      }
      switch (fault) {
        case "reset":
          resetBoth();
          break;
        case "resetInBody":
          receiver.write(chunk.subarray(0, -5), resetBoth);
          break;
        case "close":
          sender.end();
          break;
        case "garbage":
          sender.end("no HTTP at all\r\n\r\n");
          break;
        case "stall":
          break;
        case "dropAnswer":
        case "holdAnswer":
        case "cutAnswer":
        case undefined:
          receiver.write(chunk);
      }
    });
    receiver.on("data", (chunk) => {
      if (fault === "dropAnswer") {
        resetBoth();
      } else if (fault === "holdAnswer") {
        receiver.resetAndDestroy();
      } else if (fault === "cutAnswer") {
        receiver.resetAndDestroy();
        sender.write(chunk.subarray(0, 10), () => sender.resetAndDestroy());
      } else {
        isIdle = true;
        sender.write(chunk);
      }
    });
    // Whatever was under way: a sender that gave up has not seen the answer.
    sender.on("close", () => receiver.resetAndDestroy());
    receiver.on("close", () => {
      if (fault === undefined) sender.destroy();
    });
  }

  /** @type {Server} */
  let server;
  /** @type {(port: number) => Promise<number>} */
  async function listen(port) {
    server = createServer(serve);
    await new Promise((resolve, reject) => {
      server.once("error", reject).listen(port, "127.0.0.1", () => resolve(undefined));
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port is free");
    return address.port;
  }
  const port = await listen(0);

  return {
    origin: `http://127.0.0.1:${port}`,
    script: (...faults) => void script.push(...faults),
    scripted: () => script.length,
    decide(next) {
      decide = next;
    },
    async down() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
    async up() {
      if (!server.listening) await listen(port);
    },
  };
}
