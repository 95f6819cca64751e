import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openSpool } from "../open-spool.js";
import type { ResolvedSpoolOptions } from "../options.js";
import type { Spool, SpoolRecord } from "../spool.js";

/** A directory that is removed when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "otel-remote-write-spool-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A spool, and what it said. */
export interface TestSpool {
  readonly spool: Spool;
  readonly drops: { readonly reason: string; readonly points: number }[];
  readonly warnings: string[];
}

/** Time that tests set. */
export interface TestClock {
  millis: number;
  monotonicMillis: number;
}

export function createTestClock(): TestClock {
  return { millis: 1_700_000_000_000, monotonicMillis: 0 };
}

/** Closed when the test ends. */
export function useSpool(
  directory: string,
  options: Partial<ResolvedSpoolOptions> = {},
  clock: TestClock = createTestClock(),
): TestSpool {
  const resolved = { directory, maxBytes: 1 << 24, maxAgeMillis: 3_600_000, syncWrites: false, ...options };
  const spool = openSpool(resolved, { now: () => clock.millis, monotonic: () => clock.monotonicMillis });
  const drops: TestSpool["drops"] = [];
  const warnings: string[] = [];
  spool.open({
    onDrop: (reason, points) => drops.push({ reason, points }),
    onWarning: (kind) => warnings.push(kind),
  });
  onTestFinished(() => spool.close());
  return { spool, drops, warnings };
}

/** A record with so many samples, that is told by its text. */
export function recordOf(text: string, samples: number = 1, acceptedMillis = 1_700_000_000_000): SpoolRecord {
  return { message: Buffer.from(text), counts: { samples, histograms: 0, exemplars: 0 }, acceptedMillis };
}

export function textOf({ message }: SpoolRecord): string {
  return Buffer.from(message).toString();
}

/** Reads until there is nothing, and acknowledges it. */
export async function drain(spool: Spool): Promise<string[]> {
  const texts: string[] = [];
  for (let read = await spool.read(); read.length > 0; read = await spool.read()) {
    for (const record of read) {
      texts.push(textOf(record));
      spool.ack(record);
    }
  }
  return texts;
}

/** The files of the only folder of a process, or of all of them. */
export function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" }).toSorted();
}

export function segmentsIn(directory: string): string[] {
  return filesIn(directory)
    .filter((name) => name.endsWith(".segment"))
    .map((name) => join(directory, name));
}
