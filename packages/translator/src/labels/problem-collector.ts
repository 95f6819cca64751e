import type { Warning } from "../report.js";
import type { LabelProblems } from "./label-collector.js";

/** Collects what went wrong with labels as warnings of one metric. */
export interface ProblemCollector extends LabelProblems {
  readonly warnings: readonly Warning[];
  overridden(label: string): void;
  scopeConflict(key: string, label: string): void;
}

const none: readonly Warning[] = [];

export function createProblemCollector(metric: string): ProblemCollector {
  let warnings: Warning[] | undefined;
  function add(code: Warning["code"], detail: string): void {
    warnings ??= [];
    warnings.push({ code, metric, detail });
  }
  return {
    get warnings() {
      return warnings ?? none;
    },
    collision(label, keys) {
      const quoted = keys.map((key) => JSON.stringify(key)).join(", ");
      add(
        "label_collision",
        `attributes ${quoted} meet in the label "${label}": their values are joined with ";"`,
      );
    },
    invalidName(key) {
      add(
        "invalid_label_name",
        `the attribute ${JSON.stringify(key)} gives no valid label name and is left out`,
      );
    },
    overridden(label) {
      add(
        "label_overridden",
        `an attribute that becomes the label "${label}" is replaced by the label of that name`,
      );
    },
    scopeConflict(key, label) {
      add(
        "scope_attribute_conflict",
        `the scope attribute ${JSON.stringify(key)} would replace "${label}" and is left out`,
      );
    },
  };
}
