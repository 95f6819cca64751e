import * as files from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTextFile } from "./text-file-node.js";

// The real file system, with its calls counted.
vi.mock("node:fs/promises", { spy: true });

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await files.mkdtemp(join(tmpdir(), "text-file-"));
  path = join(folder, "file");
});
afterEach(async () => {
  vi.useRealTimers();
  await files.rm(folder, { recursive: true });
});

function passTime(millis: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + millis });
}

async function countReads(read: () => Promise<unknown>): Promise<number> {
  vi.mocked(files.open).mockClear();
  await read();
  return vi.mocked(files.open).mock.calls.length;
}

describe("createTextFile on Node", () => {
  it("reads an unchanged file once, when its last change is some seconds old", async () => {
    await files.writeFile(path, "first");
    const file = createTextFile?.(path);
    passTime(10_000);
    const readTwice = async (): Promise<void> => {
      expect(await file?.read()).toMatchObject({ text: "first" });
      expect(await file?.read()).toMatchObject({ text: "first" });
    };
    expect(await countReads(readTwice)).toBe(1);
  });

  it("reads a file that has just changed each time, as the next change may leave no trace", async () => {
    passTime(0);
    await files.writeFile(path, "first");
    const file = createTextFile?.(path);
    expect(await countReads(async () => file?.read())).toBe(1);
    expect(await countReads(async () => file?.read())).toBe(1);
  });

  it("reads again what has changed, also when size and modification time are the same", async () => {
    const longAgo = new Date(1_000_000_000_000);
    await files.writeFile(path, "first");
    await files.utimes(path, longAgo, longAgo);
    const file = createTextFile?.(path);
    passTime(10_000);
    expect(await file?.read()).toMatchObject({ text: "first" });
    const replacement = join(folder, "replacement");
    await files.writeFile(replacement, "secnd");
    await files.utimes(replacement, longAgo, longAgo);
    await files.rename(replacement, path);
    expect(await file?.read()).toMatchObject({ text: "secnd" });
  });

  it("gives at once what it gives later, and reads it once", async () => {
    await files.writeFile(path, "\ufefffirst");
    const file = createTextFile?.(path);
    passTime(10_000);
    expect(file?.readSync()).toMatchObject({ text: "first" });
    expect(await countReads(async () => file?.read())).toBe(0);
    await files.writeFile(path, "second");
    expect(file?.readSync()).toEqual({ text: "second" });
    await files.rm(path);
    expect(file?.readSync()).toEqual({ problem: "does not exist" });
    expect(createTextFile?.(folder).readSync()).toEqual({ problem: "is a directory" });
  });

  it("takes another limit of size", async () => {
    await files.writeFile(path, "x".repeat(100_000));
    const file = createTextFile?.(path, 128 * 1024);
    expect(file?.readSync()).toHaveProperty("text.length", 100_000);
    expect(await file?.read()).toHaveProperty("text.length", 100_000);
    expect(createTextFile?.(path).readSync()).toEqual({ problem: "is larger than 64 KiB" });
  });

  it("closes what it opens", async () => {
    const handles: files.FileHandle[] = [];
    vi.mocked(files.open).mockImplementation(async (...args) => {
      const { open } = await vi.importActual<typeof files>("node:fs/promises");
      const handle = await open(...args);
      handles.push(handle);
      return handle;
    });
    await files.writeFile(path, "x".repeat(100_000));
    expect(await createTextFile?.(path).read()).toEqual({ problem: "is larger than 64 KiB" });
    await files.writeFile(path, "x");
    expect(await createTextFile?.(path).read()).toEqual({ text: "x" });
    expect(handles.map(({ fd }) => fd)).toEqual([-1, -1]);
  });
});
