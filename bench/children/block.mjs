// Measures for how long at a stretch an export keeps the event loop from anything else.
import { watchEventLoop } from "../measure/event-loop-watch.mjs";
import { collectNewGarbage } from "../measure/collect-garbage.mjs";
import { createSubject } from "../subjects/index.mjs";
import { createApplication } from "../workload/application.mjs";
import { serve } from "./child.mjs";

/** @import { SubjectName } from "../subjects/index.mjs" */
/** @import { Shape } from "../workload/shapes.mjs" */

/**
 * @typedef {object} BlockOptions
 * @property {SubjectName} subject
 * @property {Shape} shape
 * @property {"steady" | "first-export"} mode
 *
 * @typedef {object} Blocked
 * @property {number} longestMillis
 */

await serve(async (/** @type {BlockOptions} */ { subject: name, shape, mode }) => {
  let application = createApplication(shape);
  let subject = createSubject(name);
  let generation = 0;

  return async () => {
    if (mode === "first-export") {
      subject = createSubject(name);
      application = createApplication(shape, { generation: ++generation });
    }
    application.record();
    const run = subject.prepare(await application.collect());
    collectNewGarbage();
    const watch = watchEventLoop();
    await run();
    return { longestMillis: await watch.end() };
  };
});
