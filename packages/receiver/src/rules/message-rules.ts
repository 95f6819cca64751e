import type { Decoded } from "../decode/decode-message.js";
import { describeSeries } from "./describe-series.js";
import { checkContent } from "./content-rules.js";
import type { Findings } from "./findings.js";
import { validateHistogram } from "./histogram-rules.js";
import { checkLabels } from "./label-rules.js";
import { ruleNumbers, type RuleNumbers } from "./rule-numbers.js";
import { checkStaleMarkers } from "./stale-rules.js";
import { checkSymbols } from "./symbol-rules.js";

/** All rules that one message can break by itself. */
export function checkMessage({ wire, message, nans, unknownFields }: Decoded, findings: Findings): void {
  const rules = ruleNumbers(message.type);
  if (unknownFields.length > 0) {
    const places = unknownFields.slice(0, 5).join(", ");
    findings.violation(rules.message, `${message.type} has no such field: ${places}`);
    // What was meant for other fields is missing everywhere else, which would only repeat this one mistake.
    return;
  }
  if (wire.$typeName === "io.prometheus.write.v2.Request") {
    checkSymbols(wire, findings);
    // Without sound references there are no labels to speak of.
    if (findings.violations.length > 0) return;
  }
  for (const series of message.series) checkLabels(series.labels, rules, findings);
  checkContent(message, rules, findings);
  checkStaleMarkers(message, nans, rules, findings);
  checkHistograms({ wire, message }, rules, findings);
}

function checkHistograms(
  { wire, message }: Pick<Decoded, "wire" | "message">,
  rules: RuleNumbers,
  findings: Findings,
): void {
  for (const [at, series] of wire.timeseries.entries()) {
    for (const histogram of series.histograms) {
      const report = (rule: "TR17" | "T17", problem: string): void => {
        const name = describeSeries(message.series[at]?.labels ?? []);
        findings.violation(rule, `series ${name}: histogram at ${histogram.timestamp}: ${problem}`);
      };
      if (histogram.$typeName === "prometheus.Histogram" && histogram.customValues.length > 0) {
        report(rules.customBuckets, "custom buckets are not for remote write 1.0");
        continue;
      }
      const problem = validateHistogram(histogram);
      if (problem !== undefined) report(rules.histogram, problem);
    }
  }
}
