import type { DecodedMessage, DecodedSeries } from "../decode/decoded-message.js";
import { describeSeries } from "./describe-series.js";
import type { Findings } from "./findings.js";
import type { RuleNumbers } from "./rule-numbers.js";

/** The furthest that ECMAScript's clock goes, in the year 275760; a time in nanoseconds is beyond. */
const maxTime = 8.64e15;

/** What a series consists of: W2.26, W2.27, W2.33, W2.36, and the times of all points, W1.3 and W2.37. */
export function checkContent(message: DecodedMessage, rules: RuleNumbers, findings: Findings): void {
  for (const series of message.series) {
    const at = `series ${describeSeries(series.labels)}:`;
    checkTimes(series, at, rules, findings);
    if (message.type === "io.prometheus.write.v2.Request") {
      checkPoints(series, at, findings);
      checkMetadata(series, at, findings);
      checkStartTimestamps(series, at, findings);
      checkExemplars(series, at, findings);
    }
  }
}

function checkTimes(series: DecodedSeries, at: string, rules: RuleNumbers, findings: Findings): void {
  for (const { timestamp } of [...series.samples, ...series.histograms, ...series.exemplars]) {
    if (Math.abs(timestamp) > maxTime) {
      findings.violation(rules.time, `${at} timestamp ${timestamp} cannot be milliseconds since the epoch`);
    }
  }
}

function checkPoints({ samples, histograms }: DecodedSeries, at: string, findings: Findings): void {
  if (samples.length > 0 && histograms.length > 0) {
    findings.violation("W2.26", `${at} it has both samples and histograms`);
  } else if (samples.length === 0 && histograms.length === 0) {
    findings.violation("W2.26", `${at} it has neither samples nor histograms`);
  }
}

function checkMetadata({ metadata }: DecodedSeries, at: string, findings: Findings): void {
  if (metadata === undefined || metadata.type === "unknown") {
    findings.warning("W2.27", `${at} the type of its metadata is missing`);
  }
}

/** A start after the point's own time says nothing; counters should say when they began. */
function checkStartTimestamps(series: DecodedSeries, at: string, findings: Findings): void {
  const type = series.metadata?.type;
  const counts = type === "counter" || type === "histogram" || type === "summary";
  for (const { timestamp, startTimestamp, stale } of [...series.samples, ...series.histograms]) {
    if (startTimestamp !== undefined && startTimestamp > timestamp) {
      findings.violation("W2.33", `${at} start_timestamp ${startTimestamp} is after timestamp ${timestamp}`);
    }
    if (startTimestamp === undefined && counts && stale !== true) {
      findings.warning("W2.33", `${at} a ${type} without start_timestamp at ${timestamp}`);
    }
  }
}

function checkExemplars({ exemplars }: DecodedSeries, at: string, findings: Findings): void {
  for (const { timestamp, value } of exemplars) {
    if (timestamp === 0) findings.violation("W2.36", `${at} an exemplar of value ${value} has no timestamp`);
  }
}
