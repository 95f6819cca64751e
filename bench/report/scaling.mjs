/** @import { Serializing } from "../parts/serializing.mjs" */

/**
 * The subjects that were measured with few and with many series in one go.
 *
 * @param {readonly Serializing[]} rows
 * @returns {(readonly [few: Serializing, many: Serializing])[]}
 */
export function scalingOf(rows) {
  return rows.flatMap((many) => {
    const few = rows.find(
      ({ subject, shape }) => subject === many.subject && shape.counters < many.shape.counters,
    );
    return few === undefined ? [] : [/** @type {const} */ ([few, many])];
  });
}
