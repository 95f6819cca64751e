// Measures one subject on one workload: each time it is asked, everything is recorded anew, collected and given to it.
import { collectNewGarbage } from "../measure/collect-garbage.mjs";
import { createSubject } from "../subjects/index.mjs";
import { createApplication } from "../workload/application.mjs";
import { seriesOf } from "../workload/shapes.mjs";
import { serve } from "./child.mjs";

/** @import { ResourceMetrics } from "@opentelemetry/sdk-metrics" */
/** @import { SubjectName } from "../subjects/index.mjs" */
/** @import { Phases, Result, Subject } from "../subjects/subject.ts" */
/** @import { Shape } from "../workload/shapes.mjs" */

/**
 * @typedef {object} SerializeOptions
 * @property {SubjectName} subject
 * @property {Shape} shape
 * @property {"steady" | "new-series" | "first-export"} mode steady: the same attribute sets in every collection;
 *   new-series: none that was there before; first-export: that, and a new subject each time
 *
 * @typedef {object} Serialized
 * @property {number} millis
 * @property {number} bytes on the wire
 * @property {Phases | undefined} phases
 * @property {number} collectMillis what the SDK's collect() took
 */

await serve(async (/** @type {SerializeOptions} */ { subject: name, shape, mode }) => {
  let subject = createSubject(name);
  let application = createApplication(shape);
  let generation = 0;
  let checked = false;

  return async () => {
    if (mode === "first-export") subject = createSubject(name);
    if (mode !== "steady") application = createApplication(shape, { generation: ++generation });
    application.record();
    const started = performance.now();
    const metrics = await application.collect();
    const collectMillis = performance.now() - started;

    const { millis, result } = await measure(subject, metrics);
    if (!checked) check(subject, result);
    checked = true;
    let bytes = 0;
    for (const body of result.bodies) bytes += body.length;
    return { millis, bytes, phases: result.phases, collectMillis };
  };

  /** @param {Subject} measured @param {Result} result */
  function check({ countSeries }, { bodies }) {
    const sent = countSeries?.(bodies);
    if (sent !== undefined && sent !== seriesOf(shape)) {
      throw new Error(`${name}: ${sent} series came out of ${seriesOf(shape)}`);
    }
  }
});

/**
 * @param {Subject} subject
 * @param {ResourceMetrics} metrics
 */
async function measure(subject, metrics) {
  const run = subject.prepare(metrics);
  collectNewGarbage();
  const started = performance.now();
  const running = run();
  // An await that is not needed would cost the synchronous subjects a turn.
  const result = running instanceof Promise ? await running : running;
  return { millis: performance.now() - started, result };
}
