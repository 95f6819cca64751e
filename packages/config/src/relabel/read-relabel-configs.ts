import type { Section } from "../source/section.js";
import { createLabelBuilder, type Label } from "./label-builder.js";
import { compileRegex, type RelabelRegex } from "./regex.js";
import { applyRule, type RelabelAction, relabelActions, type RelabelRule } from "./relabel-rule.js";

/** Gives the labels of a series others; undefined: the series is not sent. */
export type Relabel = (labels: readonly Label[]) => readonly Label[] | undefined;

/**
 * Reads `write_relabel_configs`, whose rules are applied one after another, as Prometheus does.
 *
 * @param utf8Names whether label names may hold any characters, or letters, digits and `_` alone
 */
export function readRelabelConfigs(entry: Section, utf8Names: boolean): Relabel | undefined {
  const sections = entry.sections("write_relabel_configs");
  const rules = sections.map((section) => readRule(section, utf8Names));
  if (rules.length === 0) return undefined;
  return (labels) => {
    const builder = createLabelBuilder(labels);
    for (const rule of rules) if (rule !== undefined && !applyRule(rule, builder)) return undefined;
    return builder.labels();
  };
}

const defaults = { separator: ";", regex: "(.*)", replacement: "$1" } as const;
/** Names of labels, with references to groups in between, as Prometheus has it for names of the usual kind. */
const nameTemplate = /^(?:(?:[a-zA-Z_]|\$(?:\{\w+\}|\w+))+\w*)+$/;

const withTarget: ReadonlySet<RelabelAction> = new Set([
  "replace",
  "hashmod",
  "lowercase",
  "uppercase",
  "keepequal",
  "dropequal",
]);
/** The keys that an action takes; others that are given would be of no effect. */
const keysOf: Readonly<Partial<Record<RelabelAction, readonly string[]>>> = {
  keepequal: ["source_labels", "target_label"],
  dropequal: ["source_labels", "target_label"],
  labeldrop: ["regex"],
  labelkeep: ["regex"],
};

function readRule(section: Section, utf8Names: boolean): RelabelRule | undefined {
  const action = readAction(section);
  const regex = readRegex(section);
  if (action === undefined || regex === undefined) return undefined;
  const isLabelName = utf8Names ? isUtf8Name : isName;
  const rule: RelabelRule = {
    action,
    regex,
    isLabelName,
    sourceLabels: section.texts("source_labels") ?? [],
    separator: section.text("separator") ?? defaults.separator,
    modulus: readModulus(section, action),
    targetLabel: readTemplate(section, "target_label", regex) ?? "",
    replacement: readTemplate(section, "replacement", regex) ?? defaults.replacement,
  };
  checkTarget(section, rule, utf8Names);
  warnOfAll(section, rule);
  checkKeysOf(section, action);
  return rule;
}

function readAction(section: Section): RelabelAction | undefined {
  const text = section.text("action")?.toLowerCase() ?? "replace";
  const action = relabelActions.find((each) => each === text);
  if (action === undefined) section.fail("action", `must be one of ${relabelActions.join(", ")}`);
  return action;
}

function readRegex(section: Section): RelabelRegex | undefined {
  const written = section.pattern("regex", { keeps: () => false, quote: (value) => value });
  if (written === undefined && section.has("regex")) return undefined;
  const regex = compileRegex(written ?? defaults.regex);
  if (regex === undefined) {
    section.fail(
      "regex",
      "is no regular expression of RE2, which has neither look-around nor back-references",
    );
  }
  return regex;
}

/** `${name}` is a group of the expression where it has one of that name, and otherwise an environment variable. */
function readTemplate(section: Section, key: string, { groupNames }: RelabelRegex): string | undefined {
  return section.pattern(key, {
    keeps: (name) => groupNames.has(name),
    // What comes out of a variable refers to no group.
    quote: (value) => value.replaceAll("$", "$$$$"),
  });
}

function readModulus(section: Section, action: RelabelAction): bigint {
  const text = section.text("modulus")?.trim();
  if (text !== undefined && /^\d{1,20}$/.test(text)) {
    const modulus = BigInt(text);
    if (modulus > 0n && modulus < 2n ** 64n) return modulus;
  }
  if (text !== undefined) section.fail("modulus", "must be a whole number above 0");
  else if (action === "hashmod") section.fail("modulus", "is missing; give a whole number above 0");
  return 1n;
}

function checkTarget(
  section: Section,
  { action, targetLabel, replacement, isLabelName }: RelabelRule,
  utf8Names: boolean,
): void {
  const isTemplate = (text: string): boolean => (utf8Names ? isUtf8Name(text) : nameTemplate.test(text));
  if (action === "labelmap" && !isTemplate(replacement)) {
    section.fail("replacement", "must give a label name: letters, digits and _, and references such as ${1}");
  }
  if (!withTarget.has(action)) return;
  if (targetLabel === "") section.fail("target_label", `is missing; ${action} needs it`);
  else if (action === "replace" && targetLabel.includes("$")) {
    if (isTemplate(targetLabel)) return;
    section.fail(
      "target_label",
      "must give a label name: letters, digits and _, and references such as ${1}",
    );
  } else if (!isLabelName(targetLabel)) {
    section.fail("target_label", "is no label name; use letters, digits and _");
  }
}

/** Rules that Prometheus takes, too, and that nobody can have meant. */
function warnOfAll(section: Section, { action, regex, sourceLabels }: RelabelRule): void {
  const place = section.has("action") ? "action" : "regex";
  if ((action === "keep" || action === "drop") && sourceLabels.length === 0) {
    const all = regex.matches("") === (action === "drop");
    section.warn(
      place,
      `${all ? "drops every series" : "has no effect"}, as there are no source_labels, which gives an empty text; ` +
        "give them, such as [__name__]",
    );
  }
  if (
    (action === "labeldrop" || action === "labelkeep") &&
    regex.matches("__name__") === (action === "labeldrop")
  ) {
    section.warn(
      place,
      "takes away __name__, without which no series can be sent; " +
        (action === "labeldrop" ? "give a narrower regex" : "add it to regex, as in __name__|…"),
    );
  }
}

function checkKeysOf(section: Section, action: RelabelAction): void {
  const taken = keysOf[action];
  const none = ["lowercase", "uppercase"].includes(action) ? ["replacement"] : [];
  for (const key of ["source_labels", "separator", "regex", "modulus", "target_label", "replacement"]) {
    if (!section.has(key)) continue;
    if (none.includes(key) || taken?.includes(key) === false)
      section.fail(key, `has no effect with ${action}; take it out`);
  }
}

function isName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

function isUtf8Name(name: string): boolean {
  return name !== "" && name.isWellFormed();
}
