import { startChild } from "../children/child.mjs";

/** @import { Program } from "../children/programs.mjs" */

/**
 * @typedef {object} Effort
 * @property {number} warmUp rounds that do not count
 * @property {number} rounds
 */

/**
 * Asks children in turn, never two at a time, and begins with another one in each round, so that what else the machine
 * does hits all of them alike. Gives what each has replied, in the order of `optionsOfEach`.
 *
 * @template Options
 * @template Reply
 * @param {Program<Options, Reply>} program of the children
 * @param {readonly Options[]} optionsOfEach one child each
 * @param {Effort} effort
 * @returns {Promise<Reply[][]>}
 */
export async function interleave(program, optionsOfEach, { warmUp, rounds }) {
  const children = optionsOfEach.map((options) => ({
    child: startChild(program, options),
    replies: /** @type {Reply[]} */ ([]),
  }));
  try {
    for (let round = 0; round < warmUp + rounds; round++) {
      const first = round % children.length;
      for (const { child, replies } of [...children.slice(first), ...children.slice(0, first)]) {
        const reply = await child.ask();
        if (round >= warmUp) replies.push(reply);
      }
    }
  } finally {
    await Promise.all(children.map(({ child }) => child.end()));
  }
  return children.map(({ replies }) => replies);
}
