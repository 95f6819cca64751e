// The fixed workloads. "Series" are Prometheus time series: a counter point is one, a histogram point with 15 bounds
// is 18 (16 buckets, sum and count), a native histogram is one.

/**
 * @typedef {object} Shape
 * @property {string} name
 * @property {number} counters counter points, each with six attributes
 * @property {number} histograms histogram points
 * @property {"explicit" | "exponential"} histogramKind explicit: the SDK's default 15 bounds
 */

const seriesPerExplicitHistogram = 18;

/** The workload of the targets: 10,004 series. @type {Shape} */
export const mainShape = {
  name: "10,004 series: 5,000 counters, 278 histograms",
  counters: 5000,
  histograms: 278,
  histogramKind: "explicit",
};

/** A tenth of it, as near as that goes. @type {Shape} */
export const smallShape = {
  name: "1,004 series: 500 counters, 28 histograms",
  counters: 500,
  histograms: 28,
  histogramKind: "explicit",
};

/** Ten times it. @type {Shape} */
export const largeShape = {
  name: "100,040 series: 50,000 counters, 2,780 histograms",
  counters: 50_000,
  histograms: 2780,
  histogramKind: "explicit",
};

/** @type {Shape} */
export const countersShape = {
  name: "10,000 series: counters only",
  counters: 10_000,
  histograms: 0,
  histogramKind: "explicit",
};

/** @type {Shape} */
export const evenShape = {
  name: "95,000 series: 5,000 counters, 5,000 histograms",
  counters: 5000,
  histograms: 5000,
  histogramKind: "explicit",
};

/** @type {Shape} */
export const nativeShape = {
  name: "10,000 series: 5,000 counters, 5,000 native histograms",
  counters: 5000,
  histograms: 5000,
  histogramKind: "exponential",
};

/** @param {Shape} shape */
export function seriesOf({ counters, histograms, histogramKind }) {
  return counters + histograms * (histogramKind === "explicit" ? seriesPerExplicitHistogram : 1);
}
