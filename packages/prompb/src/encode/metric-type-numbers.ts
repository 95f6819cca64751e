import type { MetricType } from "../model/index.js";

/** The numbers of metric types, the same in both messages. */
export const metricTypeNumbers: Readonly<Record<MetricType, number>> = {
  unknown: 0,
  counter: 1,
  gauge: 2,
  histogram: 3,
  gaugehistogram: 4,
  summary: 5,
  info: 6,
  stateset: 7,
};
