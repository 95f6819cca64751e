import type { Label } from "@otel-remote-write/prompb";
import { compareUtf8 } from "./compare-utf8.js";
import { describeSeries } from "./describe-series.js";
import type { Findings } from "./findings.js";
import type { RuleNumbers } from "./rule-numbers.js";

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The labels of a series: W1.10 to W1.16, W2.25, W2.30, W2.31. */
export function checkLabels(labels: readonly Label[], rules: RuleNumbers, findings: Findings): void {
  if (labels.length === 0) {
    findings.violation(rules.labelsMissing, "a series has no labels");
    return;
  }
  const at = `series ${describeSeries(labels)}:`;
  const seen = new Set<string>();
  let previous: string | undefined;
  for (const { name, value } of labels) {
    if (name === "") findings.violation(rules.empty, `${at} a label's name is empty`);
    if (value === "") findings.violation(rules.empty, `${at} the value of label ${quote(name)} is empty`);
    if (seen.has(name)) findings.violation(rules.repeatedName, `${at} label ${quote(name)} is repeated`);
    seen.add(name);
    if (previous !== undefined && compareUtf8(previous, name) > 0) {
      findings.violation(rules.unsorted, `${at} label ${quote(name)} stands after ${quote(previous)}`);
    }
    previous = name;
    checkNames({ name, value }, at, rules, findings);
  }
  if (!seen.has("__name__")) findings.warning(rules.nameMissing, `${at} label "__name__" is missing`);
}

/** Invalid names break a MUST of 1.0; 2.0 takes any UTF-8 and only recommends the same names. */
function checkNames({ name, value }: Label, at: string, rules: RuleNumbers, findings: Findings): void {
  const isMetricName = name === "__name__";
  const level = rules.invalidName === "W1.15" ? "violation" : "warning";
  if (isMetricName && value !== "" && !metricName.test(value)) {
    findings[level](rules.invalidName, `${at} ${quote(value)} is not a valid metric name`);
  }
  if (name !== "" && !labelName.test(name)) {
    findings[level](rules.invalidName, `${at} ${quote(name)} is not a valid label name`);
  }
  if (!isMetricName && name.startsWith("__")) {
    findings.warning(
      rules.reservedName,
      `${at} label ${quote(name)}: names with a leading "__" are reserved`,
    );
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
