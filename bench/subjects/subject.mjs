/** @import { ResourceMetrics } from "@opentelemetry/sdk-metrics" */

/**
 * Something that turns what the SDK collected into bytes for the wire.
 *
 * @typedef {object} Subject
 * @property {(metrics: ResourceMetrics) => Run} prepare does what is not measured, such as input that is given ready-made
 * @property {(bodies: readonly Uint8Array[]) => number} [countSeries] how many series were sent, by another decoder
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
