import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { oneSample, startRawServer, startServer, transports } from "../testing/loopback.js";
import { createFixedClient } from "../testing/create-fixed-client.js";

const acknowledged = { kind: "acknowledged" };

describe.each(transports)("over $transport", ({ fetch }) => {
  test.each([204, 200, 400, 500])(
    "requests one after the other share a connection, after a %d too",
    async (status) => {
      const { url, connections } = await startServer((response) => {
        response.writeHead(status).end(status === 204 ? undefined : "a short body");
      });
      const client = createFixedClient({ url, fetch });
      for (let i = 0; i < 5; i++) {
        await client.send(oneSample);
        // The connection is free again when the body has come to its end, some turns after the outcome.
        for (let turn = 0; turn < 50; turn++) await setImmediate();
      }
      expect(connections()).toBe(1);
    },
  );
});

/**
 * A server that answers the requests it is told to, counted over all connections, and resets the connection at
 * others.
 */
async function startStaleServer(answers: (request: number) => boolean) {
  let requests = 0;
  const server = await startRawServer((socket) => {
    socket.on("data", () => {
      if (answers(requests++)) socket.write("HTTP/1.1 204 No Content\r\n\r\n");
      else socket.resetAndDestroy();
    });
  });
  return { ...server, requests: () => requests };
}

describe("over node:http", () => {
  test("H8: a reset of a kept-alive connection is retried at once, on a new one", async () => {
    const { url, connections, requests } = await startStaleServer((request) => request !== 1);
    const client = createFixedClient({ url });
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    expect(requests()).toBe(3);
    expect(connections()).toBe(2);
  });

  test("H8: and only once", async () => {
    const { url, requests } = await startStaleServer((request) => request === 0);
    const client = createFixedClient({ url });
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    expect(await client.send(oneSample)).toMatchObject({ kind: "retryable", reason: "connection_reset" });
    expect(requests()).toBe(3);
  });

  test("H8: a reset of a new connection is not retried", async () => {
    const { url, requests } = await startStaleServer(() => false);
    expect(await createFixedClient({ url }).send(oneSample)).toMatchObject({
      reason: "connection_reset",
    });
    expect(requests()).toBe(1);
  });

  test("close gives up idle connections", async () => {
    let closed: Promise<void> | undefined;
    const { url, connections } = await startServer((response, { socket }) => {
      closed = new Promise((resolve) => {
        socket.once("close", () => resolve());
      });
      response.writeHead(204).end();
    });
    const client = createFixedClient({ url });
    await client.send(oneSample);
    client.close();
    await closed;
    expect(connections()).toBe(1);
  });

  test("close lets a request under way end, and a later one works on a connection of its own", async () => {
    let closed: Promise<void>[] = [];
    const { url, connections } = await startServer((response, { socket }) => {
      closed.push(
        new Promise((resolve) => {
          socket.once("close", () => resolve());
        }),
      );
      client.close();
      response.writeHead(204).end();
    });
    const client = createFixedClient({ url });
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    await Promise.all(closed);
    closed = [];
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    await Promise.all(closed);
    expect(connections()).toBe(2);
  });

  test("close before any request, and twice, is harmless, and no connection is kept", async () => {
    let closed: Promise<void> | undefined;
    const { url } = await startServer((response, { socket }) => {
      closed = new Promise((resolve) => {
        socket.once("close", () => resolve());
      });
      response.writeHead(204).end();
    });
    const client = createFixedClient({ url });
    client.close();
    client.close();
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    await closed;
  });
});
