import { subjectNames } from "./subjects/index.mjs";
import {
  countersShape,
  evenShape,
  largeShape,
  mainShape,
  nativeShape,
  smallShape,
} from "./workload/shapes.mjs";
import { measureEndToEnd } from "./parts/end-to-end.mjs";
import { measureBlocking } from "./parts/event-loop.mjs";
import { measureRetained } from "./parts/memory.mjs";
import { measureNewProcesses, measureSerializing } from "./parts/serializing.mjs";

/** @import { SerializeOptions } from "./children/serialize.mjs" */
/** @import { SubjectName } from "./subjects/index.mjs" */
/** @import { Shape } from "./workload/shapes.mjs" */

/** @type {SubjectName} */
const exporter = "2.0 + snappyjs, whole exporter";

/** The subjects that the other workloads are measured with. @type {SubjectName[]} */
const few = ["2.0 + snappyjs", "2.0 + hysnappy", "1.0 + snappyjs", "OTLP protobuf", "OTLP protobuf + gzip"];

/** Measured with ten times the series in one go. @type {SubjectName[]} */
const scaled = ["2.0 + snappyjs", "2.0 + hysnappy", "1.0 + snappyjs"];

/** @type {SubjectName[]} */
const firstExport = [
  "2.0 + snappyjs",
  "1.0 + snappyjs",
  exporter,
  "OTLP protobuf",
  "OTLP protobuf + gzip",
  "prometheus-remote-write",
];

/** @type {(subjects: readonly SubjectName[], shape: Shape, mode?: SerializeOptions["mode"]) => SerializeOptions[]} */
const each = (subjects, shape, mode = "steady") => subjects.map((subject) => ({ subject, shape, mode }));

/**
 * Everything that is measured, by part. `share` scales the number of repeats down for a quick look.
 *
 * @param {number} share above 0, at most 1
 */
export function createPlan(share) {
  /** @param {number} count */
  const times = (count) => Math.max(3, Math.round(count * share));
  /** @type {(warmUp: number, rounds: number) => { warmUp: number, rounds: number }} */
  const effort = (warmUp, rounds) => ({ warmUp: times(warmUp), rounds: times(rounds) });

  return {
    main: () => measureSerializing(each(subjectNames, mainShape), effort(20, 30)),
    small: () => measureSerializing(each(few, smallShape), effort(100, 100)),
    large: () => measureSerializing([...each(few, largeShape), ...each(scaled, mainShape)], effort(8, 10)),
    counters: () => measureSerializing(each(few, countersShape), effort(20, 30)),
    even: () => measureSerializing(each(few, evenShape), effort(8, 12)),
    native: () => measureSerializing(each(few, nativeShape), effort(8, 12)),
    newSeries: () => measureSerializing(each(few, mainShape, "new-series"), effort(12, 15)),
    firstExport: () => measureSerializing(each(firstExport, mainShape, "first-export"), effort(10, 20)),
    newProcess: () => measureNewProcesses(each(firstExport, mainShape), times(7)),
    eventLoop: () =>
      measureBlocking(
        [
          { subject: exporter, shape: largeShape, mode: "steady" },
          { subject: exporter, shape: largeShape, mode: "first-export" },
          { subject: "OTLP protobuf", shape: largeShape, mode: "steady" },
        ],
        effort(4, 10),
      ),
    memory: () =>
      measureRetained([exporter, "1.0 + snappyjs"], mainShape, {
        exportsBefore: times(100),
        exportsAfter: times(1100),
      }),
    endToEnd: () => measureEndToEnd({ exports: times(20), ...effort(3, 7) }),
  };
}

/** @typedef {ReturnType<typeof createPlan>} Plan */

/**
 * What came of the parts that were run.
 *
 * @typedef {{ [Part in keyof Plan]?: Awaited<ReturnType<Plan[Part]>> }} Results
 */
