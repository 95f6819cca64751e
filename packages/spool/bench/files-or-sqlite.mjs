// Measures the queue of this package against one in node:sqlite, on the same work: `node bench/files-or-sqlite.mjs`.
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { createSpool } from "../dist/index.js";
import { createSqliteSpool } from "./sqlite-spool.mjs";

/** @typedef {import("../dist/index.js").SpoolRecord} SpoolRecord */
/** @typedef {ReturnType<typeof createSqliteSpool>} Queue */

const recordBytes = 300_000;
const count = 200;
const backlog = 1000;

/** @type {Record<string, (directory: string, syncWrites: boolean) => Queue>} */
const queues = {
  files(directory, syncWrites) {
    const spool = createSpool({ directory, syncWrites });
    spool.open({ onDrop() {}, onWarning() {} });
    return /** @type {Queue} */ (/** @type {unknown} */ (spool));
  },
  sqlite: (directory, syncWrites) => createSqliteSpool(join(directory, "queue.sqlite"), syncWrites),
};

/** @type {Record<string, string>[]} */
const rows = [];
// Once for nothing, so that everything is compiled.
for (const [name, create] of Object.entries(queues)) await measure(name, create, false);
for (const syncWrites of [false, true]) {
  for (const [name, create] of Object.entries(queues)) rows.push(await measure(name, create, syncWrites));
}
console.table(rows);
console.log(`${recordBytes} bytes a record, ${count} times; milliseconds: median / 99th percentile`);
console.log(`node ${process.version}, ${tmpdir()}`);

/** @param {string} name @param {(directory: string, syncWrites: boolean) => Queue} create @param {boolean} syncWrites */
async function measure(name, create, syncWrites) {
  const directory = mkdtempSync(join(tmpdir(), "spool-bench-"));
  try {
    const queue = create(directory, syncWrites);
    /** @type {{ blocked: number[], appended: number[], read: number[], acked: number[] }} */
    const times = { blocked: [], appended: [], read: [], acked: [] };
    for (let i = 0; i < count; i++) {
      const record = createRecord(i);
      let start = performance.now();
      const appended = queue.append([record]);
      times.blocked.push(performance.now() - start);
      await appended;
      times.appended.push(performance.now() - start);
      start = performance.now();
      const read = await queue.read();
      times.read.push(performance.now() - start);
      start = performance.now();
      for (const each of read) queue.ack(each);
      times.acked.push(performance.now() - start);
    }
    for (let i = 0; i < backlog; i++) await queue.append([createRecord(i)]);
    await queue.close();
    const bytes = bytesIn(directory);
    let start = performance.now();
    const next = create(directory, syncWrites);
    const blocked = performance.now() - start;
    await next.read();
    const first = performance.now() - start;
    start = performance.now();
    for (let read = await next.read(); read.length > 0; read = await next.read()) {
      for (const each of read) next.ack(each);
    }
    const drained = performance.now() - start;
    await next.close();
    return {
      queue: syncWrites ? `${name}, synced` : name,
      "append blocks": show(times.blocked),
      append: show(times.appended),
      read: show(times.read),
      ack: show(times.acked),
      [`start with ${backlog} (blocks)`]: blocked.toFixed(1),
      "first read": first.toFixed(1),
      "drain MB/s": ((backlog * recordBytes) / drained / 1000).toFixed(0),
      "disk MB": (bytes / 1e6).toFixed(0),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** @param {number} seed @returns {SpoolRecord} */
function createRecord(seed) {
  const message = new Uint8Array(recordBytes);
  for (let i = 0; i < message.length; i += 8) message[i] = (seed + i) % 256;
  const counts = { samples: 2000, histograms: 0, exemplars: 0 };
  return { message, counts, acceptedMillis: Date.now() };
}

/** @param {number[]} times */
function show(times) {
  const sorted = times.toSorted((a, b) => a - b);
  /** @param {number} share */
  const at = (share) => (sorted[Math.floor(sorted.length * share)] ?? NaN).toFixed(2);
  return `${at(0.5)} / ${at(0.99)}`;
}

/** @param {string} directory */
function bytesIn(directory) {
  let sum = 0;
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    const status = statSync(join(directory, name));
    if (status.isFile()) sum += status.size;
  }
  return sum;
}
