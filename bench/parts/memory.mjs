import { startChild } from "../children/child.mjs";
import { memoryProgram } from "../children/programs.mjs";
import { seriesOf } from "../workload/shapes.mjs";

/** @import { SubjectName } from "../subjects/index.mjs" */
/** @import { Shape } from "../workload/shapes.mjs" */

/**
 * @typedef {object} Retained
 * @property {SubjectName} subject
 * @property {Shape} shape
 * @property {number} exportsBefore
 * @property {number} exportsAfter
 * @property {number} before bytes a series, less the SDK alone, after `exportsBefore` exports
 * @property {number} after the same after `exportsAfter`
 */

/**
 * What a process holds more than one that records and collects the same and exports nothing.
 *
 * @param {readonly SubjectName[]} subjects
 * @param {Shape} shape
 * @param {{ exportsBefore: number, exportsAfter: number }} exports
 * @returns {Promise<Retained[]>}
 */
export async function measureRetained(subjects, shape, { exportsBefore, exportsAfter }) {
  // All at once: unlike time, memory is not disturbed by that.
  const [alone, ...ofSubjects] = await Promise.all([undefined, ...subjects].map(held));
  return subjects.map((subject, i) => ({
    subject,
    shape,
    exportsBefore,
    exportsAfter,
    before: perSeries(ofSubjects[i]?.before, alone?.before),
    after: perSeries(ofSubjects[i]?.after, alone?.after),
  }));

  /** @param {SubjectName | undefined} subject */
  async function held(subject) {
    const exports = [exportsBefore, exportsAfter - exportsBefore];
    const child = startChild(memoryProgram, { subject, shape, exports });
    try {
      return { before: (await child.ask()).bytes, after: (await child.ask()).bytes };
    } finally {
      await child.end();
    }
  }

  /** @type {(bytes?: number, aloneBytes?: number) => number} */
  function perSeries(bytes = Number.NaN, aloneBytes = Number.NaN) {
    return (bytes - aloneBytes) / seriesOf(shape);
  }
}
