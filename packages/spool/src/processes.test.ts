import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { numbersAfter, startChild } from "./testing/start-child.js";
import {
  createTestClock,
  drain,
  filesIn,
  recordOf,
  temporaryDirectory,
  textOf,
  useSpool,
} from "./testing/spool-folder.js";

/** A process looks for folders of dead ones so often. */
const lookMillis = 30_000;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("processes that are killed", () => {
  it.each([1, 2, 3])("lose nothing that was accepted, and keep the order (seed %i)", async (seed) => {
    const directory = temporaryDirectory();
    const next = random(seed);
    const accepted: number[] = [];
    const received: number[] = [];
    const runs = 6;
    for (let run = 0; run < runs; run++) {
      const appends = 1 + Math.floor(next() * 4);
      const child = startChild(
        directory,
        String(accepted.length),
        String(appends),
        next() < 0.7 ? "yes" : "no",
      );
      await child.said(/^accepted/, 1 + Math.floor(next() * 200));
      await child.kill();
      accepted.push(...numbersAfter("accepted", child.lines));
      received.push(...numbersAfter("received", child.lines));
      expect(child.lines.filter((line) => line.startsWith("dropped"))).toEqual([]);
    }
    const { spool, drops } = useSpool(directory, {}, { millis: Date.now(), monotonicMillis: 0 });
    const left = (await drain(spool)).map((text) => Number(text.split(" ")[0]));
    expect(drops).toEqual([]);
    const all = [...received, ...left];
    expect(all).not.toContain(NaN);
    const unique = [...new Set(all)];
    expect(unique.toSorted((a, b) => a - b).slice(0, accepted.length)).toEqual(accepted);
    // What comes for the first time comes in order.
    expect(unique).toEqual(unique.toSorted((a, b) => a - b));
    // With each death at most two come again: one that was not acknowledged yet, and one that was there, while the child
    // did not come to say so, so that the next one began with the same number.
    expect(all.length - unique.length).toBeLessThanOrEqual(2 * runs);
  });

  it("have their folders taken over by one of those that start at once", async () => {
    const directory = temporaryDirectory();
    const dead = startChild(directory, "0", "10", "no");
    await dead.said(/^accepted/, 300);
    await dead.kill();
    const accepted = numbersAfter("accepted", dead.lines);
    const children = Array.from({ length: 4 }, (_, i) =>
      startChild(directory, String(1_000_000 * (i + 1)), "0"),
    );
    await Promise.all(children.map((child) => child.said(/^started/, 1)));
    const received = (): number[] => children.flatMap(({ lines }) => numbersAfter("received", lines));
    const last = new RegExp(`^received ${accepted.length - 1}$`);
    await Promise.any(children.map((child) => child.said(last, 1)));
    await Promise.all(children.map((child) => child.kill()));
    expect(received()).toEqual(expect.arrayContaining(accepted));
    expect(new Set(received()).size).toBe(received().length);
    expect(children.filter(({ lines }) => numbersAfter("received", lines).length > 0)).toHaveLength(1);
  });
});

describe("a folder of a living process", () => {
  it("is never taken, not even when the process is stopped, but as soon as it is dead", async () => {
    const directory = temporaryDirectory();
    const child = startChild(directory, "0", "1", "no");
    await child.said(/^accepted/, 10);
    child.process.kill("SIGSTOP");
    const clock = createTestClock();
    clock.millis = Date.now();
    const { spool } = useSpool(directory, {}, clock);
    for (let look = 0; look < 5; look++) {
      expect(await spool.read()).toEqual([]);
      clock.monotonicMillis += 10 * lookMillis;
    }
    await child.kill();
    clock.monotonicMillis += lookMillis;
    expect((await drain(spool)).length).toBeGreaterThanOrEqual(10);
  });

  it("is not taken by another spool of the same process, or of a worker thread", async () => {
    const directory = temporaryDirectory();
    const clock = createTestClock();
    const one = useSpool(directory, {}, clock);
    const other = useSpool(directory, {}, clock);
    await one.spool.append([recordOf("one")]);
    await other.spool.append([recordOf("other")]);
    const lock = new URL("lease/os-lock.ts", import.meta.url).href;
    const hooks = new URL("testing/source-hooks.mjs", import.meta.url).href;
    const leases = filesIn(directory).filter((name) => name.endsWith("lease"));
    expect(leases).toHaveLength(2);
    const code = `const { parentPort } = require("node:worker_threads");
      import(${JSON.stringify(hooks)}).then(() => import(${JSON.stringify(lock)})).then(({ tryLock }) =>
        parentPort.postMessage(${JSON.stringify(leases)}.map((name) =>
          tryLock(${JSON.stringify(directory)} + "/" + name) === undefined)));`;
    const worker = new Worker(code, {
      eval: true,
      execArgv: ["--no-warnings", "--experimental-strip-types"],
    });
    const isTaken = await new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
    await worker.terminate();
    expect(isTaken).toEqual([true, true]);
    clock.monotonicMillis += lookMillis;
    expect((await one.spool.read()).map(textOf)).toEqual(["one"]);
    clock.monotonicMillis += lookMillis;
    expect((await other.spool.read()).map(textOf)).toEqual(["other"]);
  });

  it("of another host, whose locks may not be seen, is taken when it has been silent for a minute", async () => {
    const directory = temporaryDirectory();
    const dead = useSpool(directory);
    await dead.spool.append([recordOf("from afar")]);
    await dead.spool.close();
    const folder = join(directory, filesIn(directory)[0] ?? "");
    writeFileSync(join(folder, "owner.json"), JSON.stringify({ pid: 1, bootId: "another" }));
    const beat = (seconds: number): void => utimesSync(join(folder, "lease"), seconds, seconds);
    beat(1000);
    const clock = createTestClock();
    const { spool } = useSpool(directory, {}, clock);
    const look = async (): Promise<string[]> => {
      clock.monotonicMillis += lookMillis;
      return (await spool.read()).map(textOf);
    };
    expect(await look()).toEqual([]);
    // Whatever its clock says: what counts is that it changes.
    beat(990);
    expect(await look()).toEqual([]);
    expect(await look()).toEqual([]);
    expect(await look()).toEqual(["from afar"]);
    expect(JSON.parse(readFileSync(join(folder, "owner.json"), "utf8"))).not.toMatchObject({
      bootId: "another",
    });
  });
});

describe("records of a dead process", () => {
  it("come before those of the process that takes them over", async () => {
    const directory = temporaryDirectory();
    for (const text of ["first", "second"]) {
      const { spool } = useSpool(directory);
      await spool.append([recordOf(text)]);
      await spool.close();
    }
    const { spool } = useSpool(directory);
    await spool.append([recordOf("third")]);
    expect((await spool.read()).map(textOf)).toEqual(["first"]);
    // With those of folders that nobody has begun to read.
    expect(spool.size().points).toBe(3);
    await spool.close();
    const { spool: last } = useSpool(directory);
    expect(await drain(last)).toEqual(["first", "second", "third"]);
  });

  it("count for the limit, and are the first to be dropped", async () => {
    const directory = temporaryDirectory();
    const dead = useSpool(directory, { maxBytes: 16_000 });
    for (let i = 0; i < 10; i++) await dead.spool.append([recordOf(`dead ${"x".repeat(900)}`, 3)]);
    await dead.spool.close();
    const { spool, drops } = useSpool(directory, { maxBytes: 16_000 });
    for (let i = 0; i < 10; i++) await spool.append([recordOf(`alive ${"x".repeat(900)}`)]);
    const left = await drain(spool);
    expect(left.filter((text) => text.startsWith("alive"))).toHaveLength(10);
    const dropped = drops.reduce((sum, { points }) => sum + points, 0);
    expect(dropped).toBe(3 * (20 - left.length));
    expect(dropped).toBeGreaterThan(0);
  });
});
