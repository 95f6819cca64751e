import { number, ratio } from "./format.mjs";
import { scalingOf } from "./scaling.mjs";

/** @import { Results } from "../plan.mjs" */
/** @import { Serializing } from "../parts/serializing.mjs" */
/** @import { SubjectName } from "../subjects/index.mjs" */

/**
 * @typedef {object} Target
 * @property {string} name
 * @property {number} atMost
 * @property {number | undefined} measured undefined where its part was not run
 * @property {(value: number) => string} format
 */

/** How much the retained memory may grow and still be called flat: what V8's own bookkeeping varies by. */
const flatBytes = 30;

/**
 * The targets, each as a ratio of medians of one run.
 *
 * @param {Results} results
 * @returns {Target[]}
 */
export function targets({ main, firstExport, newProcess, large, eventLoop, memory }) {
  /** @type {SubjectName} */
  const exporter = "2.0 + snappyjs, whole exporter";
  const [small, tenfold] = scalingOf(large ?? []).find(([{ subject }]) => subject === "2.0 + snappyjs") ?? [];
  const [steady, firstBlock, otlpBlock] = eventLoop ?? [];
  const retained = memory?.find(({ subject }) => subject === exporter);
  const v2 = find(main, "2.0 + snappyjs");

  return [
    target(
      "2.0 + snappyjs / OTLP protobuf + gzip",
      1 / 6,
      millis(main, "2.0 + snappyjs", "OTLP protobuf + gzip"),
    ),
    target(
      "2.0 + snappyjs / prometheus-remote-write",
      1 / 40,
      millis(main, "2.0 + snappyjs", "prometheus-remote-write"),
    ),
    target(
      "2.0 + hysnappy / OTLP protobuf + gzip",
      1 / 15,
      millis(main, "2.0 + hysnappy", "OTLP protobuf + gzip"),
    ),
    target(
      "1.0 + snappyjs / OTLP protobuf + gzip",
      0.6,
      millis(main, "1.0 + snappyjs", "OTLP protobuf + gzip"),
    ),
    target(
      "2.0 without the compressor / OTLP protobuf",
      1 / 15,
      divide(v2?.phases?.withoutCompressor, find(main, "OTLP protobuf")?.millis.median),
    ),
    target(
      "First export, 2.0 + snappyjs / OTLP protobuf + gzip",
      3,
      millis(firstExport, "2.0 + snappyjs", "OTLP protobuf + gzip"),
    ),
    target("The same in a new process", 3, millis(newProcess, "2.0 + snappyjs", "OTLP protobuf + gzip")),
    target("100,040 series / 10,004 series", 12, divide(tenfold?.millis.median, small?.millis.median)),
    target(
      "Longest block, 100,040 series / OTLP protobuf",
      1 / 20,
      divide(steady?.longestMillis.median, otlpBlock?.longestMillis.median),
    ),
    target(
      "The same in the first export",
      1 / 20,
      divide(firstBlock?.longestMillis.median, otlpBlock?.longestMillis.median),
    ),
    target("Retained bytes a series", 600, retained?.after, number),
    target(
      `Growth of these over ${retained ? retained.exportsAfter - retained.exportsBefore : "1,000"} exports`,
      flatBytes,
      retained && retained.after - retained.before,
      number,
    ),
    target(
      "Wire bytes, 2.0 / 1.0",
      0.5,
      divide(v2?.bytesPerSeries, find(main, "1.0 + snappyjs")?.bytesPerSeries),
    ),
  ];
}

/** @type {(name: string, atMost: number, measured: number | undefined, format?: (value: number) => string) => Target} */
function target(name, atMost, measured, format = ratio) {
  return { name, atMost, measured, format };
}

/** @type {(rows: readonly Serializing[] | undefined, ours: SubjectName, peer: SubjectName) => number | undefined} */
function millis(rows, ours, peer) {
  return divide(find(rows, ours)?.millis.median, find(rows, peer)?.millis.median);
}

/** @type {(rows: readonly Serializing[] | undefined, subject: SubjectName) => Serializing | undefined} */
function find(rows, subject) {
  return rows?.find((row) => row.subject === subject);
}

/** @type {(a: number | undefined, b: number | undefined) => number | undefined} */
function divide(a, b) {
  return a === undefined || b === undefined ? undefined : a / b;
}
