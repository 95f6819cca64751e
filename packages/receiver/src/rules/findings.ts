import type { RuleNumber } from "./rule-numbers.js";

/** A rule that a request breaks, and where. */
export interface Finding {
  readonly rule: RuleNumber;
  /** What is wrong, naming the series and the label at fault. */
  readonly detail: string;
}

/** A finding with the request that it was found in. */
export interface Violation extends Finding {
  /** The `id` of the request. */
  readonly requestId: number;
}

/** Collects what is found in one request, at most `maxFindings` of each level. */
export interface Findings {
  /** A MUST or MUST NOT is broken. */
  violation(rule: RuleNumber, detail: string): void;
  /** A SHOULD or SHOULD NOT is not followed. */
  warning(rule: RuleNumber, detail: string): void;
  readonly violations: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** One mistake is often made in every series of a request: a hundred examples are enough. */
const maxFindings = 100;

export function createFindings(): Findings {
  const violations: Finding[] = [];
  const warnings: Finding[] = [];
  const add = (list: Finding[], rule: RuleNumber, detail: string): void => {
    if (list.length < maxFindings) list.push({ rule, detail });
  };
  return {
    violation: (rule, detail) => add(violations, rule, detail),
    warning: (rule, detail) => add(warnings, rule, detail),
    violations,
    warnings,
  };
}
