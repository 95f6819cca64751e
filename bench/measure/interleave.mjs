import { collectNewGarbage } from "./collect-garbage.mjs";

/** @import { ResourceMetrics } from "@opentelemetry/sdk-metrics" */
/** @import { Phases, Subject } from "../subjects/subject.mjs" */

/**
 * @typedef {object} Measurement what one subject did in one iteration
 * @property {number} millis
 * @property {number} bytes on the wire
 * @property {Phases | undefined} phases
 *
 * @typedef {object} Interleaved
 * @property {Map<Subject, Measurement[]>} measurements
 * @property {number[]} collectMillis what the SDK's collect() took
 */

/**
 * Gives each collection to every subject in turn, and begins with another one each time, so that what else the machine
 * does hits all of them alike.
 *
 * @param {object} options
 * @param {readonly Subject[]} options.subjects
 * @param {(iteration: number) => Promise<{ metrics: ResourceMetrics, collectMillis: number }>} options.collect
 * @param {number} options.warmUp iterations that do not count
 * @param {number} options.maxIterations
 * @param {number} options.limitMillis no further iteration is begun after it
 * @returns {Promise<Interleaved>}
 */
export async function interleave({ subjects, collect, warmUp, maxIterations, limitMillis }) {
  /** @type {Map<Subject, Measurement[]>} */
  const measurements = new Map(subjects.map((subject) => [subject, []]));
  /** @type {number[]} */
  const collectMillis = [];
  let started = performance.now();
  for (let iteration = -warmUp; iteration < maxIterations; iteration++) {
    if (iteration === 0) started = performance.now();
    // Three at least, or there would be no median worth the name.
    if (iteration >= 3 && performance.now() - started > limitMillis) break;
    const collected = await collect(iteration + warmUp);
    if (iteration >= 0) collectMillis.push(collected.collectMillis);
    for (let i = 0; i < subjects.length; i++) {
      const subject = /** @type {Subject} */ (subjects[(i + iteration + warmUp) % subjects.length]);
      const measurement = await measure(subject, collected.metrics);
      if (iteration >= 0) measurements.get(subject)?.push(measurement);
    }
  }
  return { measurements, collectMillis };
}

/**
 * @param {Subject} subject
 * @param {ResourceMetrics} metrics
 * @returns {Promise<Measurement>}
 */
async function measure(subject, metrics) {
  const run = subject.prepare(metrics);
  collectNewGarbage();
  const started = performance.now();
  const running = run();
  // An await that is not needed would cost the synchronous subjects a turn.
  const { bodies, phases } = running instanceof Promise ? await running : running;
  const millis = performance.now() - started;
  let bytes = 0;
  for (const body of bodies) bytes += body.length;
  return { millis, bytes, phases };
}
