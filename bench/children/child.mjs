import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** @import { Program } from "./programs.mjs" */

/**
 * A process that measures one subject when it is asked to. Each has one of its own, so that code that V8 has optimized
 * for one subject, and garbage of one, are none of another's business, as in an application.
 *
 * @template Reply
 * @typedef {object} Child
 * @property {() => Promise<Reply>} ask
 * @property {() => Promise<void>} end
 */

/**
 * @template Options
 * @template Reply
 * @param {Program<Options, Reply>} program
 * @param {Options} options JSON can carry them
 * @returns {Child<Reply>}
 */
export function startChild({ file }, options) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(options)], {
    execArgv: ["--expose-gc"],
  });
  const ended = new Promise((resolve) => {
    child.once("exit", resolve);
  });
  return {
    ask: () =>
      new Promise((resolve, reject) => {
        child.once("message", (reply) => resolve(/** @type {Reply} */ (reply)));
        void ended.then((code) => reject(new Error(`${file} ${JSON.stringify(options)} ended with ${code}`)));
        // Where it has ended already, that is all there is to say.
        child.send("ask", () => {});
      }),
    async end() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/**
 * The other end: answers each question, and ends with its parent.
 *
 * @template Options
 * @param {(options: Options) => Promise<() => Promise<unknown>>} start
 */
export async function serve(start) {
  const answer = await start(JSON.parse(process.argv[2] ?? "null"));
  process.on("message", () => {
    void answer().then((reply) => process.send?.(reply));
  });
  process.on("disconnect", () => process.exit());
}
