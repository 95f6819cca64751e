// A process with a spool, for tests that kill it: `child-spool.ts <directory> <first number> <appends a turn> <read?>`.
// It appends records with numbers, reads and acknowledges, and says each on its standard output before it goes on.
import { writeSync } from "node:fs";
import process from "node:process";
import { createSpool } from "../create-spool.js";

const [directory = "", first = "0", appends = "1", reads = "yes"] = process.argv.slice(2);
const spool = createSpool({ directory, maxBytes: 1 << 24 });
spool.open({
  onDrop: (reason, points) => say(`dropped ${reason} ${points}`),
  onWarning: (kind) => say(`warning ${kind}`),
});

/** So that what was said is known to have happened, whenever the process is killed. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      // The pipe is full.
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

let next = Number(first);
say("started");
for (;;) {
  for (let i = 0; i < Number(appends); i++) {
    const message = Buffer.from(`${next} `.repeat(1 + (next % 500)));
    void spool.append([
      { message, counts: { samples: 1, histograms: 0, exemplars: 0 }, acceptedMillis: Date.now() },
    ]);
    say(`accepted ${next}`);
    next++;
  }
  for (const record of reads === "yes" ? await spool.read() : []) {
    const [number = "", ...others] = Buffer.from(record.message).toString().trim().split(" ");
    const isWhole = others.length === Number(number) % 500 && others.every((other) => other === number);
    say(`received ${isWhole ? number : "something else"}`);
    spool.ack(record);
  }
  // Without a turn of the event loop a process with nothing to read would never end by itself.
  await new Promise(setImmediate);
}
