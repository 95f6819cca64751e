import { expect, test, vi } from "vitest";
import { discardBody, readErrorBody } from "./response-body.js";

/** A body of chunks of that size, and what was done with it. */
function bodyOf(sizes: Iterable<number>) {
  const chunks = sizes[Symbol.iterator]();
  let read = 0;
  return {
    bytesRead: () => read,
    cancel: vi.fn<() => void>(),
    async read() {
      const { done, value } = chunks.next();
      if (done === true) return Promise.resolve(undefined);
      read += value;
      return Promise.resolve(new Uint8Array(value).fill(120));
    },
  };
}

function* endless(size: number): Generator<number> {
  for (;;) yield size;
}

test("H9 W1.7: of a body that nobody wants at most 64 KiB and a chunk are read", async () => {
  const body = bodyOf(endless(10_000));
  await discardBody(body);
  expect(body.bytesRead()).toBeLessThanOrEqual(64 * 1024 + 10_000);
  expect(body.cancel).toHaveBeenCalledOnce();
});

test("one of 64 KiB is read to its end, so that the connection can be used again", async () => {
  const body = bodyOf([32 * 1024, 32 * 1024]);
  await discardBody(body);
  expect(body.cancel).not.toHaveBeenCalled();
});

test.each([
  [[], 0, false],
  [[1024], 1024, false],
  [[1000, 24], 1024, false],
  [[1000, 25], 1024, true],
  [[5000], 1024, true],
  [Array.from({ length: 1025 }, () => 1), 1024, true],
])("H9: the first 1,024 bytes are kept, however they come", async (sizes, length, truncated) => {
  const { bytes, ...rest } = await readErrorBody(bodyOf(sizes), new AbortController().signal);
  expect(bytes).toEqual(new Uint8Array(length).fill(120));
  expect(rest).toEqual({ truncated });
});

test("a body that breaks is what has come of it", async () => {
  const pieces = [Uint8Array.of(97)];
  const cancel = vi.fn<() => void>();
  const read = async (): Promise<Uint8Array> => pieces.pop() ?? Promise.reject(new Error("reset"));
  const body = await readErrorBody({ read, cancel }, new AbortController().signal);
  expect(body).toEqual({ bytes: Uint8Array.of(97), truncated: true });
  expect(cancel).toHaveBeenCalledOnce();
});
