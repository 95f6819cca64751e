import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { headersV1, postV1, postV2, upV1, upV2 } from "../testing/messages.js";
import { brokenRules, useReceiver } from "../testing/use-receiver.js";

const receiver = useReceiver();

test.each([204, 400, 401, 404, 409, 413])("W1.21: the same message again after %i", async (status) => {
  receiver().answer(status);
  await postV1(receiver().url, upV1([1_000, 1]));
  await postV1(receiver().url, upV1([1_000, 1]));
  expect(brokenRules(receiver())).toEqual(["W1.21"]);
  expect(receiver().violations[0]?.detail).toContain(`answered ${status} before`);
});

test("W2.19: the same for 2.0", async () => {
  receiver().answer(400);
  await postV2(receiver().url, upV2());
  await postV2(receiver().url, upV2());
  expect(brokenRules(receiver())).toEqual(["W2.19"]);
});

test.each([429, 500, 503])("W1.20, W1.22: a retry after %i is right", async (status) => {
  receiver().answer(status, { status, store: true });
  await postV1(receiver().url, upV1([1_000, 1]));
  await postV1(receiver().url, upV1([1_000, 1]));
  expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(204);
  expect(brokenRules(receiver())).toEqual([]);
});

test("W1.21: a retry without an answer to the first is right", async () => {
  receiver().answer({ fault: "reset", store: true }, { fault: "truncate", store: true });
  await expect(postV1(receiver().url, upV1([1_000, 1]))).rejects.toThrow("fetch failed");
  const truncated = await postV1(receiver().url, upV1([1_000, 1]));
  await expect(truncated.text()).rejects.toThrow("terminated");
  expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(204);
  expect(brokenRules(receiver())).toEqual([]);
});

/** Sends a request over a connection of its own, and gives it up as told when the answer is there. */
async function postAndLeave(
  leave: (socket: Socket) => void,
  more: Record<string, string> = {},
): Promise<void> {
  const { port, url } = receiver();
  await postV1(url, upV1([1_000, 1]));
  const body = receiver().requests[0]?.body ?? new Uint8Array();
  receiver().reset();
  const headers = { ...headersV1, Host: "127.0.0.1", "Content-Length": String(body.length), ...more };
  const lines = Object.entries(headers).map((pair) => `${pair.join(": ")}\r\n`);
  const socket = connect(port, "127.0.0.1");
  socket.write(`POST /api/v1/write HTTP/1.1\r\n${lines.join("")}\r\n`);
  socket.write(body);
  await once(socket, "data");
  leave(socket);
  // Another connection, after which the end of that one has certainly arrived.
  await fetch(`${receiver().origin}/`);
}

test.each<[string, (socket: Socket) => void]>([
  ["reset", (socket) => socket.resetAndDestroy()],
  ["closed", (socket) => socket.end()],
])("W1.21: a retry after a connection that was %s with the answer on its way is right", async (_, leave) => {
  await postAndLeave(leave);
  expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(204);
  expect(brokenRules(receiver())).toEqual([]);
});

test("W1.21: one that is closed after every answer proves nothing", async () => {
  await postAndLeave((socket) => socket.end(), { Connection: "close" });
  expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(400);
  expect(brokenRules(receiver())).toEqual(["W1.21"]);
});

test("W1.21: after 401 with other credentials, and after 415 with another type, it is another request", async () => {
  receiver().answer(401);
  await postV1(receiver().url, upV1([1_000, 1]), { ...headersV1, Authorization: "Bearer old" });
  await postV1(receiver().url, upV1([1_000, 1]), { ...headersV1, Authorization: "Bearer new" });
  receiver().answer(415);
  const type = "application/x-protobuf;proto=prometheus.WriteRequest";
  await postV1(receiver().url, upV1([2_000, 1]), { ...headersV1, "Content-Type": type });
  await postV1(receiver().url, upV1([2_000, 1]));
  expect(brokenRules(receiver())).toEqual([]);
});

test("W1.9, W1.21: requests without points repeat by their nature", async () => {
  const metadata = [{ type: 1, metricFamilyName: "a_total", help: "" } as const];
  for (const message of [{}, {}, { metadata }, { metadata }]) {
    expect((await postV1(receiver().url, message)).status).toBe(204);
  }
  expect(brokenRules(receiver())).toEqual([]);
  expect(receiver().metadata()).toEqual([{ type: "counter", help: "", unit: "", familyName: "a_total" }]);
});
