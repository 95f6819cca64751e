import { createHash } from "node:crypto";
import type { LabelBuilder } from "./label-builder.js";
import { toLowerCase, toUpperCase } from "./letter-case.js";
import type { RelabelRegex } from "./regex.js";
import { expandTemplate } from "./template.js";

export const relabelActions = [
  "replace",
  "keep",
  "drop",
  "keepequal",
  "dropequal",
  "hashmod",
  "labelmap",
  "labeldrop",
  "labelkeep",
  "lowercase",
  "uppercase",
] as const;

export type RelabelAction = (typeof relabelActions)[number];

/** One of `write_relabel_configs`, checked, with its defaults. */
export interface RelabelRule {
  readonly action: RelabelAction;
  readonly sourceLabels: readonly string[];
  readonly separator: string;
  readonly regex: RelabelRegex;
  readonly modulus: bigint;
  readonly targetLabel: string;
  readonly replacement: string;
  /** Whether a name may be that of a label. */
  readonly isLabelName: (name: string) => boolean;
}

/** Applies a rule as Prometheus does; false: the series is dropped. */
export function applyRule(rule: RelabelRule, labels: LabelBuilder): boolean {
  const { action, regex, targetLabel, replacement, isLabelName } = rule;
  const value = rule.sourceLabels.map((name) => labels.get(name)).join(rule.separator);
  switch (action) {
    case "keep":
      return regex.matches(value);
    case "drop":
      return !regex.matches(value);
    case "keepequal":
      return labels.get(targetLabel) === value;
    case "dropequal":
      return labels.get(targetLabel) !== value;
    case "replace": {
      const groups = regex.groups(value);
      if (groups === undefined) return true;
      const target = expandTemplate(targetLabel, groups);
      if (isLabelName(target)) labels.set(target, expandTemplate(replacement, groups));
      return true;
    }
    case "lowercase":
      labels.set(targetLabel, toLowerCase(value));
      return true;
    case "uppercase":
      labels.set(targetLabel, toUpperCase(value));
      return true;
    case "hashmod":
      labels.set(targetLabel, String(hash(value) % rule.modulus));
      return true;
    case "labelmap":
      for (const [name, content] of labels.entries()) {
        const groups = regex.groups(name);
        const target = groups && expandTemplate(replacement, groups);
        if (target !== undefined && isLabelName(target)) labels.set(target, content);
      }
      return true;
    case "labeldrop":
    case "labelkeep":
    default:
      for (const [name] of labels.entries()) {
        if (regex.matches(name) === (action === "labeldrop")) labels.delete(name);
      }
      return true;
  }
}

/** The last eight bytes of MD5, which is no secret's keeper here but Prometheus' way to tell series apart. */
function hash(value: string): bigint {
  return createHash("md5").update(value, "utf8").digest().readBigUInt64BE(8);
}
