/** @import { ResourceMetrics } from "@opentelemetry/sdk-metrics" */

/**
 * Something that turns what the SDK collected into bytes for the wire.
 *
 * @typedef {object} Subject
 * @property {string} name
 * @property {(metrics: ResourceMetrics) => Run} prepare what is not measured: input that the subject is given ready-made
 *
 * @typedef {() => Result | Promise<Result>} Run what is measured
 *
 * @typedef {object} Result
 * @property {readonly Uint8Array[]} bodies one for each request
 * @property {Phases} [phases] milliseconds
 *
 * @typedef {object} Phases
 * @property {number} translate from the collected metrics to Rounds
 * @property {number} encode from Rounds to a message
 * @property {number} compress
 */

export {};
