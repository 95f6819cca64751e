import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { createFixedClient } from "../testing/create-fixed-client.js";
import { oneSample, startServer } from "../testing/loopback.js";

test("H8: where one idle connection is stale the others are not tried", async () => {
  const used = new Set<Socket>();
  const waiting: ServerResponse[] = [];
  const { url, connections } = await startServer((response, { socket }) => {
    if (used.has(socket)) {
      socket.resetAndDestroy();
      return;
    }
    used.add(socket);
    waiting.push(response);
    // The first three wait for each other, so that each has a connection of its own.
    if (used.size >= 3) waiting.splice(0).forEach((each) => each.writeHead(204).end());
  });
  const client = createFixedClient({ url });
  await Promise.all([1, 2, 3].map(() => client.send(oneSample)));
  expect(await client.send(oneSample)).toMatchObject({ kind: "acknowledged" });
  expect(connections()).toBe(4);
});
