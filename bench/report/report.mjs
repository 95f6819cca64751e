import { median } from "../measure/statistics.mjs";
import { largeShape, seriesOf } from "../workload/shapes.mjs";
import { number, ratio, spread } from "./format.mjs";
import { scalingOf } from "./scaling.mjs";
import { table } from "./table.mjs";
import { targets } from "./targets.mjs";

/** @import { Results } from "../plan.mjs" */
/** @import { Serializing } from "../parts/serializing.mjs" */

/**
 * The results as Markdown. Parts that were not run are left out.
 *
 * @param {string} machine
 * @param {Results} results
 */
export function report(machine, results) {
  const { main, large, eventLoop, memory, endToEnd } = results;
  const sections = [
    "# Results\n\nWritten by `npm run bench`; [README.md](README.md) says what is measured and how. All of it is from one " +
      "run on one machine. Times are medians in milliseconds, with the quartiles beside them.",
    machine,
    main && `## ${main[0]?.shape.name}, steady state\n\n${serializingTable(main)}`,
    main && `## The parts of ours\n\n${phasesTable(main)}`,
    ...serializingSections(results),
    large && `## 100,040 series against 10,004\n\n${scalingTable(large)}`,
    eventLoop && `## Longest block of the event loop in one export\n\n${eventLoopTable(eventLoop)}`,
    memory && `## Retained memory\n\n${memoryTable(memory)}`,
    endToEnd && `## End to end\n\n${endToEndTable(endToEnd)}`,
    `## Targets\n\n${targetsTable(results)}`,
  ];
  return `${sections.filter((section) => section !== undefined).join("\n\n")}\n`;
}

/** @param {Results} results */
function serializingSections({ small, large, counters, even, native, newSeries, firstExport, newProcess }) {
  /** @type {[string | undefined, readonly Serializing[] | undefined][]} */
  const sections = [
    [undefined, small],
    [undefined, large?.filter(({ shape }) => shape.counters === largeShape.counters)],
    [undefined, counters],
    [undefined, even],
    [undefined, native],
    ["every series new in every export", newSeries],
    ["first export, nothing cached, code warm", firstExport],
    ["first export of a new process", newProcess],
  ];
  return sections.map(
    ([title, rows]) =>
      rows &&
      `## ${rows[0]?.shape.name}${title === undefined ? "" : `, ${title}`}\n\n${serializingTable(rows)}`,
  );
}

/** @param {readonly Serializing[]} rows */
function serializingTable(rows) {
  const gzip = rows.find(({ subject }) => subject === "OTLP protobuf + gzip")?.millis.median ?? NaN;
  const figures = table(
    ["", "ms", "quartiles", "ns a series", "/ OTLP protobuf + gzip", "bytes a series"],
    rows.map(({ subject, shape, millis, bytesPerSeries }) => [
      subject,
      number(millis.median),
      spread(millis),
      number((millis.median * 1e6) / seriesOf(shape)),
      ratio(millis.median / gzip),
      number(bytesPerSeries),
    ]),
  );
  const collecting = median(rows.map(({ collectMillis }) => collectMillis.median));
  return `${figures}\n\nThe SDK's \`collect()\` itself takes ${number(collecting)} ms, which no row includes.`;
}

/** @param {readonly Serializing[]} rows */
function phasesTable(rows) {
  return table(
    ["ms", "translate", "encode", "compress", "all but compress"],
    rows.flatMap(({ subject, phases }) =>
      phases === undefined
        ? []
        : [
            [
              subject,
              ...[phases.translate, phases.encode, phases.compress, phases.withoutCompressor].map(number),
            ],
          ],
    ),
  );
}

/** @param {readonly Serializing[]} rows */
function scalingTable(rows) {
  return table(
    ["ms", "10,004 series", "100,040 series", "times"],
    scalingOf(rows).map(([few, many]) => [
      few.subject,
      number(few.millis.median),
      number(many.millis.median),
      number(many.millis.median / few.millis.median),
    ]),
  );
}

/** @param {NonNullable<Results["eventLoop"]>} rows */
function eventLoopTable(rows) {
  return table(
    ["100,040 series", "ms", "quartiles", "longest of all"],
    rows.map(({ subject, mode, longestMillis }) => [
      `${subject}${mode === "first-export" ? ", first export" : ""}`,
      number(longestMillis.median),
      spread(longestMillis),
      number(longestMillis.max),
    ]),
  );
}

/** @param {NonNullable<Results["memory"]>} rows */
function memoryTable(rows) {
  const [first] = rows;
  return table(
    [
      "bytes a series, less the SDK alone",
      `after ${first?.exportsBefore} exports`,
      `after ${first?.exportsAfter} exports`,
    ],
    rows.map(({ subject, before, after }) => [subject, number(before), number(after)]),
  );
}

/** @param {NonNullable<Results["endToEnd"]>} rows */
function endToEndTable(rows) {
  const alone = rows[0]?.cpuSeconds?.median ?? NaN;
  return table(
    ["CPU seconds of the sender per million samples", "median", "quartiles", "less the SDK alone"],
    rows.map(({ name, cpuSeconds, reason }) =>
      cpuSeconds === undefined
        ? [`${name}: not measured. ${reason}`, "", "", ""]
        : [name, number(cpuSeconds.median), spread(cpuSeconds), number(cpuSeconds.median - alone)],
    ),
  );
}

/** @param {Results} results */
function targetsTable(results) {
  return table(
    ["", "at most", "measured", "met"],
    targets(results).map(({ name, atMost, measured, format }) =>
      measured === undefined
        ? [name, format(atMost), "not measured", "–"]
        : [name, format(atMost), format(measured), measured <= atMost ? "yes" : "no"],
    ),
  );
}
