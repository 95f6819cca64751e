import { decodeRequest } from "@otel-remote-write/prompb/decode";
import type { Spool, SpoolEvents, SpoolRecord } from "./spool.js";

/** A spool of somebody else's, in memory, which fails when a test says so. */
export interface MemorySpool extends Spool {
  /** Those that were accepted, and of them those not acknowledged yet. */
  readonly accepted: SpoolRecord[];
  readonly kept: SpoolRecord[];
  events: SpoolEvents | undefined;
  failure: Error | undefined;
  readFailure: Error | undefined;
  isClosed: boolean;
}

export function createMemorySpool(left: readonly SpoolRecord[] = []): MemorySpool {
  const unread: (readonly SpoolRecord[])[] = left.map((record) => [record]);
  return {
    maxAgeMillis: 3_600_000,
    accepted: [],
    kept: [...left],
    events: undefined,
    failure: undefined,
    readFailure: undefined,
    isClosed: false,
    open(events) {
      this.events = events;
    },
    async append(records) {
      if (this.failure !== undefined) throw this.failure;
      const copies = records.map((record) => ({ ...record, message: record.message.slice() }));
      unread.push(copies);
      this.kept.push(...copies);
      this.accepted.push(...copies);
    },
    async read() {
      if (this.readFailure !== undefined) throw this.readFailure;
      return unread.shift() ?? [];
    },
    ack(record) {
      this.kept.splice(0, this.kept.indexOf(record) + 1);
    },
    size() {
      const points = this.kept.reduce((sum, { counts }) => sum + counts.samples + counts.histograms, 0);
      return { points, bytes: this.kept.reduce((sum, { message }) => sum + message.length, 0) };
    },
    async close() {
      this.isClosed = true;
    },
  };
}

/** The values of a record's samples. */
export function valuesOf({ message }: SpoolRecord): number[] {
  const { values, sampleCount } = decodeRequest(message);
  return [...values.subarray(0, sampleCount)];
}
