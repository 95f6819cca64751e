import { startChild } from "../children/child.mjs";
import { serializeProgram } from "../children/programs.mjs";
import { interleave } from "../measure/interleave.mjs";
import { distribution, median } from "../measure/statistics.mjs";
import { seriesOf } from "../workload/shapes.mjs";

/** @import { Serialized, SerializeOptions } from "../children/serialize.mjs" */
/** @import { Effort } from "../measure/interleave.mjs" */
/** @import { Distribution } from "../measure/statistics.mjs" */
/** @import { SubjectName } from "../subjects/index.mjs" */
/** @import { Phases } from "../subjects/subject.ts" */
/** @import { Shape } from "../workload/shapes.mjs" */

/**
 * What one subject took on one workload.
 *
 * @typedef {object} Serializing
 * @property {SubjectName} subject
 * @property {Shape} shape
 * @property {Distribution} millis from the collected metrics to bytes
 * @property {number} bytesPerSeries
 * @property {Record<keyof Phases | "withoutCompressor", number> | undefined} phases medians of milliseconds
 * @property {Distribution} collectMillis what the SDK's collect() took
 */

/**
 * @param {readonly SerializeOptions[]} optionsOfEach
 * @param {Effort} effort
 * @returns {Promise<Serializing[]>}
 */
export async function measureSerializing(optionsOfEach, effort) {
  const replies = await interleave(serializeProgram, optionsOfEach, effort);
  return optionsOfEach.map((options, i) => summarize(options, replies[i] ?? []));
}

/**
 * The first export of a process: nothing is cached, no code is compiled. A new process each time, one after the other.
 *
 * @param {readonly SerializeOptions[]} optionsOfEach
 * @param {number} repeats
 * @returns {Promise<Serializing[]>}
 */
export async function measureNewProcesses(optionsOfEach, repeats) {
  const replies = optionsOfEach.map(() => /** @type {Serialized[]} */ ([]));
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [i, options] of optionsOfEach.entries()) {
      const child = startChild(serializeProgram, options);
      replies[i]?.push(await child.ask());
      await child.end();
    }
  }
  return optionsOfEach.map((options, i) => summarize(options, replies[i] ?? []));
}

/**
 * @param {SerializeOptions} options
 * @param {readonly Serialized[]} replies
 * @returns {Serializing}
 */
function summarize({ subject, shape }, replies) {
  const phases = replies.flatMap((reply) => reply.phases ?? []);
  return {
    subject,
    shape,
    millis: distribution(replies.map(({ millis }) => millis)),
    bytesPerSeries: median(replies.map(({ bytes }) => bytes)) / seriesOf(shape),
    phases:
      phases.length === 0
        ? undefined
        : {
            translate: median(phases.map(({ translate }) => translate)),
            encode: median(phases.map(({ encode }) => encode)),
            compress: median(phases.map(({ compress }) => compress)),
            withoutCompressor: median(phases.map(({ translate, encode }) => translate + encode)),
          },
    collectMillis: distribution(replies.map(({ collectMillis }) => collectMillis)),
  };
}
