// Measures what a process holds: each time it is asked, after some more exports.
import { setImmediate as nextTurn } from "node:timers/promises";
import { collectGarbage } from "../measure/collect-garbage.mjs";
import { createSubject } from "../subjects/index.mjs";
import { createApplication } from "../workload/application.mjs";
import { serve } from "./child.mjs";

/** @import { SubjectName } from "../subjects/index.mjs" */
/** @import { Shape } from "../workload/shapes.mjs" */

/**
 * @typedef {object} MemoryOptions
 * @property {SubjectName | undefined} subject undefined: the SDK alone
 * @property {Shape} shape
 * @property {readonly number[]} exports how many before each answer
 *
 * @typedef {object} Held
 * @property {number} bytes heapUsed + arrayBuffers
 */

await serve(async (/** @type {MemoryOptions} */ { subject: name, shape, exports }) => {
  const application = createApplication(shape);
  const subject = name === undefined ? undefined : createSubject(name);

  async function exportAgain() {
    application.record();
    const metrics = await application.collect();
    await subject?.prepare(metrics)();
  }

  let answers = 0;
  return async () => {
    const count = exports[answers++] ?? 0;
    for (let i = 0; i < count; i++) await exportAgain();
    // What waits for a turn, such as sockets that are closed, goes first.
    for (let i = 0; i < 3; i++) {
      await nextTurn();
      collectGarbage();
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return { bytes: heapUsed + arrayBuffers };
  };
});
