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
  const alone = held(undefined);
  const ofSubjects = await Promise.all(subjects.map(held));
  const [aloneBefore, aloneAfter] = await alone;
  return subjects.map((subject, i) => {
    const [before, after] = ofSubjects[i] ?? [NaN, NaN];
    return {
      subject,
      shape,
      exportsBefore,
      exportsAfter,
      before: (before - aloneBefore) / seriesOf(shape),
      after: (after - aloneAfter) / seriesOf(shape),
    };
  });

  /** @param {SubjectName | undefined} subject @returns {Promise<[number, number]>} */
  async function held(subject) {
    const before = await heldAfter(subject, exportsBefore);
    return [before, await heldAfter(subject, exportsAfter)];
  }

  /** @param {SubjectName | undefined} subject @param {number} exports */
  async function heldAfter(subject, exports) {
    const child = startChild(memoryProgram, { subject, shape, exports });
    const { bytes } = await child.ask();
    await child.end();
    return bytes;
  }
}
