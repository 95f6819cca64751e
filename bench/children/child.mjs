import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

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
 * @template Reply
 * @param {string} program a file beside this one
 * @param {unknown} options what it is given, as JSON
 * @returns {Child<Reply>}
 */
export function startChild(program, options) {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), [JSON.stringify(options)], {
    execArgv: ["--expose-gc"],
  });
  const ended = new Promise((resolve) => {
    child.once("exit", resolve);
  });
  return {
    ask: () =>
      new Promise((resolve, reject) => {
        /** @param {number | null} code */
        const failed = (code) => reject(new Error(`${program} ${JSON.stringify(options)} ended with ${code}`));
        child.once("exit", failed);
        child.once("message", (reply) => {
          child.off("exit", failed);
          resolve(/** @type {Reply} */ (reply));
        });
        child.send("ask");
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
