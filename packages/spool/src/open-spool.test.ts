import {
  appendFileSync,
  chmodSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { headerBytes } from "./record/record-header.js";
import type { SpoolRecord } from "./spool.js";
import {
  createTestClock,
  drain,
  filesIn,
  recordOf,
  segmentsIn,
  temporaryDirectory,
  textOf,
  useSpool,
} from "./testing/spool-folder.js";

function flipByte(path: string, offset: number): void {
  const bytes = readFileSync(path);
  bytes[offset] = (bytes[offset] ?? 0) ^ 0x10;
  writeFileSync(path, bytes);
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items.at(index);
  if (item === undefined) throw new Error(`there is no item ${index}`);
  return item;
}

/** Leaves the folder of a process that ended. Gives the path of its file. */
async function fill(directory: string, texts: readonly string[]): Promise<string> {
  const { spool } = useSpool(directory);
  for (const text of texts) await spool.append([recordOf(text, 5)]);
  await spool.close();
  return at(segmentsIn(directory), 0);
}

describe("a spool", () => {
  it("gives out records in the order in which they came, those of one append together", async () => {
    const { spool } = useSpool(temporaryDirectory());
    await spool.append([recordOf("a"), recordOf("b", 2)]);
    await spool.append([recordOf("c", 3)]);
    const first = await spool.read();
    expect(first.map(textOf)).toEqual(["a", "b"]);
    expect(first).toMatchObject([
      { counts: { samples: 1, histograms: 0, exemplars: 0 }, acceptedMillis: 1_700_000_000_000 },
      { counts: { samples: 2 } },
    ]);
    expect((await spool.read()).map(textOf)).toEqual(["c"]);
    expect(await spool.read()).toEqual([]);
    await spool.append([recordOf("d")]);
    expect((await spool.read()).map(textOf)).toEqual(["d"]);
  });

  it("does not take for lost what is appended while a read finds nothing", async () => {
    const { spool, drops } = useSpool(temporaryDirectory());
    const texts: string[] = [];
    const take = (records: readonly SpoolRecord[]): void => {
      for (const record of records) {
        texts.push(textOf(record));
        spool.ack(record);
      }
    };
    // At every moment of the read, of which closing the file takes longest.
    for (let moment = 0; moment < 30; moment++) {
      await spool.append([recordOf("before")]);
      take(await spool.read());
      const reading = spool.read();
      for (let i = 0; i < moment; i++) await Promise.resolve();
      await spool.append([recordOf("meanwhile")]);
      take(await reading);
      take(await spool.read());
    }
    expect(drops).toEqual([]);
    expect(texts).toHaveLength(60);
  });

  it("has written a record when append returns, before its promise resolves", () => {
    const directory = temporaryDirectory();
    const { spool } = useSpool(directory);
    void spool.append([recordOf("now")]);
    expect(readFileSync(at(segmentsIn(directory), 0), "latin1")).toContain("now");
  });

  it("gives out again what was not acknowledged, to the next process", async () => {
    const directory = temporaryDirectory();
    const { spool } = useSpool(directory);
    await spool.append([recordOf("a"), recordOf("b")]);
    await spool.append([recordOf("c")]);
    spool.ack(at(await spool.read(), 0));
    expect(spool.size().points).toBe(2);
    await spool.close();
    const next = useSpool(directory);
    expect(await drain(next.spool)).toEqual(["b", "c"]);
    expect(next.spool.size()).toMatchObject({ points: 0 });
    expect(next.drops).toEqual([]);
  });

  it("leaves nothing behind when everything is acknowledged", async () => {
    const directory = temporaryDirectory();
    const { spool } = useSpool(directory);
    await spool.append([recordOf("a")]);
    await drain(spool);
    await spool.close();
    expect(filesIn(directory)).toEqual([]);
  });

  it("removes segments that are done with, and the folders of dead processes", async () => {
    const directory = temporaryDirectory();
    const { spool } = useSpool(directory, { maxBytes: 16_000 });
    for (let i = 0; i < 10; i++) await spool.append([recordOf("x".repeat(600))]);
    expect(segmentsIn(directory)).toHaveLength(10);
    await spool.close();
    const next = useSpool(directory);
    expect(await drain(next.spool)).toHaveLength(10);
    expect(segmentsIn(directory)).toEqual([]);
    expect(filesIn(directory).filter((name) => !name.includes("/"))).toHaveLength(1);
  });

  it("gives back the disk when everything is acknowledged", async () => {
    const directory = temporaryDirectory();
    const { spool } = useSpool(directory);
    for (let i = 0; i < 3; i++) await spool.append([recordOf("x".repeat(100_000))]);
    expect(spool.size().bytes).toBeGreaterThan(300_000);
    expect(await drain(spool)).toHaveLength(3);
    expect(spool.size()).toEqual({ points: 0, bytes: 0 });
    expect(segmentsIn(directory)).toEqual([]);
    await spool.append([recordOf("more")]);
    expect(await drain(spool)).toEqual(["more"]);
  });

  it("is for one exporter", () => {
    const { spool } = useSpool(temporaryDirectory());
    expect(() => spool.open({ onDrop() {}, onWarning() {} })).toThrow("in use already");
  });

  it("accepts records that must survive a power loss", async () => {
    const { spool, warnings } = useSpool(temporaryDirectory(), { syncWrites: true, maxBytes: 3200 });
    const appended = Array.from({ length: 6 }, (_, i) => spool.append([recordOf(`${i}`.repeat(100))]));
    await Promise.all(appended);
    expect((await drain(spool)).map((text) => text[0])).toEqual(["0", "1", "2", "3", "4", "5"]);
    expect(warnings).toEqual([]);
  });
});

describe("the limits of a spool", () => {
  it("drops the oldest where there is no room, counts it, and never takes more", async () => {
    const directory = temporaryDirectory();
    const { spool, drops } = useSpool(directory, { maxBytes: 16_000 });
    for (let i = 0; i < 100; i++) {
      await spool.append([recordOf(`${i} ${"x".repeat(400)}`, 2)]);
      const onDisk = segmentsIn(directory).reduce((sum, path) => sum + statSync(path).size, 0);
      expect(onDisk).toBeLessThanOrEqual(16_000);
      expect(spool.size().bytes).toBe(onDisk);
    }
    const kept = await drain(spool);
    const dropped = drops.reduce((sum, { points }) => sum + points, 0);
    expect(dropped).toBe(2 * (100 - kept.length));
    expect(kept.length).toBeGreaterThan(25);
    expect(kept.map((text) => Number(text.split(" ")[0]))).toEqual(
      Array.from({ length: kept.length }, (_, i) => 100 - kept.length + i),
    );
    expect(new Set(drops.map(({ reason }) => reason))).toEqual(new Set(["spool_full"]));
  });

  it("counts what is given up after a part of it was handed out, and takes its acknowledgement", async () => {
    const { spool, drops } = useSpool(temporaryDirectory(), { maxBytes: 32_000 });
    // Three records in a segment.
    for (let i = 0; i < 3; i++) await spool.append([recordOf("x".repeat(600))]);
    const first = await spool.read();
    while (drops.length === 0) await spool.append([recordOf("y".repeat(600))]);
    expect(drops).toEqual([{ reason: "spool_full", points: 2 }]);
    const left = spool.size().points;
    spool.ack(at(first, 0));
    expect(spool.size().points).toBe(left);
    expect(await drain(spool)).toHaveLength(left);
  });

  it("refuses a record that is larger than the limit", async () => {
    const { spool } = useSpool(temporaryDirectory(), { maxBytes: 1000 });
    await expect(spool.append([recordOf("x".repeat(1000))])).rejects.toThrow("maxBytes (1000)");
    await spool.append([recordOf("small")]);
    expect(await drain(spool)).toEqual(["small"]);
  });

  it("drops what is too old, also where it is not read", async () => {
    const clock = createTestClock();
    const { spool, drops } = useSpool(temporaryDirectory(), { maxAgeMillis: 60_000, maxBytes: 3200 }, clock);
    const append = (text: string): Promise<void> => spool.append([recordOf(text, 1, clock.millis)]);
    await append("a".repeat(150));
    await append("b".repeat(150));
    clock.millis += 50_000;
    await append("c");
    clock.millis += 20_000;
    await append("d");
    expect(drops).toEqual([
      { reason: "too_old", points: 1 },
      { reason: "too_old", points: 1 },
    ]);
    clock.millis += 50_000;
    expect(await drain(spool)).toEqual(["d"]);
    expect(drops).toHaveLength(3);
    expect(spool.size().points).toBe(0);
  });

  it("keeps everything when the clock is stepped back", async () => {
    const clock = createTestClock();
    const { spool } = useSpool(temporaryDirectory(), {}, clock);
    await spool.append([recordOf("a", 1, clock.millis)]);
    clock.millis -= 86_400_000;
    await spool.append([recordOf("b", 1, clock.millis)]);
    expect(await drain(spool)).toEqual(["a", "b"]);
  });
});

describe("damaged files", () => {
  it("passes over a half-written last record, which was never accepted", async () => {
    const directory = temporaryDirectory();
    const segment = await fill(directory, ["a", "b", "c"]);
    truncateSync(segment, statSync(segment).size - 1);
    const { spool, drops, warnings } = useSpool(directory);
    expect(await drain(spool)).toEqual(["a", "b"]);
    expect(drops).toEqual([]);
    expect(warnings).toEqual(["spool_torn"]);
    expect(segmentsIn(directory)).toEqual([]);
  });

  it("survives any number of missing bytes at the end", async () => {
    const directory = temporaryDirectory();
    const whole = readFileSync(await fill(directory, ["a", "b"]));
    const recordSize = headerBytes + 1;
    for (let length = 0; length < whole.length; length++) {
      const copy = temporaryDirectory();
      const segment = await fill(copy, ["a", "b"]);
      truncateSync(segment, length);
      const { spool, drops } = useSpool(copy);
      expect(await drain(spool)).toEqual(length >= recordSize ? ["a"] : []);
      expect(drops).toEqual([]);
    }
  });

  it("loses one record for any byte that is flipped, counts it, and sets the file aside", async () => {
    const recordSize = headerBytes + 1;
    for (let offset = 0; offset < 2 * recordSize; offset++) {
      const directory = temporaryDirectory();
      const segment = await fill(directory, ["a", "b", "c"]);
      flipByte(segment, offset);
      const { spool, drops } = useSpool(directory);
      expect(await drain(spool), `byte ${offset}`).toEqual(offset < recordSize ? ["b", "c"] : ["a", "c"]);
      expect(drops, `byte ${offset}`).toEqual([{ reason: "spool_corrupt", points: 5 }]);
      expect(segmentsIn(join(directory, "damaged"))).toHaveLength(1);
    }
  });

  it("goes on behind a file that is gone or is none, and counts what it held", async () => {
    const directory = temporaryDirectory();
    const { spool: first } = useSpool(directory, { maxBytes: 16_000 });
    for (let i = 0; i < 5; i++) await first.append([recordOf(`${i} ${"x".repeat(800)}`, 7)]);
    await first.close();
    const segments = segmentsIn(directory);
    rmSync(at(segments, 1));
    writeFileSync(at(segments, 3), "not a segment");
    appendFileSync(at(segments, 4), "and a tail");
    const { spool, drops } = useSpool(directory);
    expect((await drain(spool)).map((text) => text[0])).toEqual(["0", "2", "4"]);
    expect(drops).toEqual([
      { reason: "spool_corrupt", points: 7 },
      { reason: "spool_corrupt", points: 7 },
    ]);
  });

  it("keeps only the last two files that were set aside", async () => {
    const directory = temporaryDirectory();
    for (let i = 0; i < 4; i++) {
      flipByte(await fill(directory, ["a", "b"]), headerBytes);
      const { spool } = useSpool(directory);
      expect(await drain(spool)).toEqual(["b"]);
      await spool.close();
    }
    expect(filesIn(join(directory, "damaged"))).toHaveLength(2);
  });

  it("sends again what is not known to be acknowledged", async () => {
    const directory = temporaryDirectory();
    const { spool: first } = useSpool(directory);
    for (const text of ["a", "b"]) await first.append([recordOf(text)]);
    const [record] = await first.read();
    if (record !== undefined) first.ack(record);
    await first.close();
    writeFileSync(
      at(
        filesIn(directory)
          .filter((name) => name.endsWith("progress"))
          .map((name) => join(directory, name)),
        0,
      ),
      "nonsense",
    );
    const { spool, drops } = useSpool(directory);
    expect(await drain(spool)).toEqual(["a", "b"]);
    expect(drops).toEqual([]);
  });

  it("leaves alone what is not its own", async () => {
    const directory = temporaryDirectory();
    await fill(directory, ["a"]);
    writeFileSync(join(directory, "notes.txt"), "mine");
    const { spool } = useSpool(directory);
    expect(await drain(spool)).toEqual(["a"]);
    expect(filesIn(directory)).toContain("notes.txt");
  });
});

describe("a disk that fails", () => {
  it("goes on in another folder when its own is removed, and counts what is lost", async () => {
    const directory = temporaryDirectory();
    const { spool, drops } = useSpool(directory);
    await spool.append([recordOf("a", 3)]);
    await spool.append([recordOf("b", 4)]);
    await spool.read();
    rmSync(directory, { recursive: true });
    await spool.append([recordOf("c")]);
    expect(drops).toEqual([{ reason: "spool_deleted", points: 4 }]);
    expect(await drain(spool)).toEqual(["c"]);
  });

  it("notices when only the file is removed that it writes to", async () => {
    const directory = temporaryDirectory();
    const { spool, drops } = useSpool(directory);
    await spool.append([recordOf("a", 3)]);
    rmSync(at(segmentsIn(directory), 0));
    await spool.append([recordOf("b")]);
    expect(drops).toEqual([{ reason: "spool_deleted", points: 3 }]);
    expect(await drain(spool)).toEqual(["b"]);
  });

  it("does not accept what it cannot write, and accepts again when it can", async () => {
    const directory = temporaryDirectory();
    const { spool } = useSpool(directory);
    rmSync(directory, { recursive: true });
    // A file where the directory was.
    writeFileSync(directory, "");
    await expect(spool.append([recordOf("a")])).rejects.toThrow(/EEXIST|ENOTDIR/);
    rmSync(directory);
    await spool.append([recordOf("b")]);
    expect(await drain(spool)).toEqual(["b"]);
  });

  it("says that a directory cannot be used, when it is created", () => {
    const directory = temporaryDirectory();
    const file = join(directory, "file");
    writeFileSync(file, "");
    chmodSync(file, 0o600);
    expect(() => useSpool(join(file, "spool"))).toThrow(/ENOTDIR/);
  });
});
