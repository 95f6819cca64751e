import { blockProgram } from "../children/programs.mjs";
import { interleave } from "../measure/interleave.mjs";
import { distribution } from "../measure/statistics.mjs";

/** @import { BlockOptions } from "../children/block.mjs" */
/** @import { Effort } from "../measure/interleave.mjs" */
/** @import { Distribution } from "../measure/statistics.mjs" */

/**
 * The longest block of each export.
 *
 * @typedef {BlockOptions & { longestMillis: Distribution }} Blocking
 */

/**
 * @param {readonly BlockOptions[]} optionsOfEach
 * @param {Effort} effort
 * @returns {Promise<Blocking[]>}
 */
export async function measureBlocking(optionsOfEach, effort) {
  const replies = await interleave(blockProgram, optionsOfEach, effort);
  return optionsOfEach.map((options, i) => ({
    ...options,
    longestMillis: distribution((replies[i] ?? []).map(({ longestMillis }) => longestMillis)),
  }));
}
