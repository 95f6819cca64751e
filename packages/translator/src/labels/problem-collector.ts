import type { Warning } from "../report.js";
import type { LabelProblems } from "./label-collector.js";

/** Collects what went wrong with labels as warnings. */
export interface ProblemCollector extends LabelProblems {
  overridden(label: string): void;
  scopeConflict(key: string, label: string): void;
  /** The first key since the last `take` that gave no label name. */
  readonly invalidKey: string | undefined;
  /** The warnings since the last call, of a metric; undefined where there are none. */
  take(metric: string): readonly Warning[] | undefined;
}

export function createProblemCollector(): ProblemCollector {
  let problems: Omit<Warning, "metric">[] | undefined;
  let invalidKey: string | undefined;
  function add(code: Warning["code"], detail: string): void {
    problems ??= [];
    problems.push({ code, detail });
  }
  return {
    collision(label, keys) {
      const quoted = keys.map((key) => JSON.stringify(key)).join(", ");
      add(
        "label_collision",
        `attributes ${quoted} meet in the label "${label}": their values are joined with ";"`,
      );
    },
    reservedName(key) {
      add(
        "reserved_label_name",
        `the attribute ${JSON.stringify(key)} would replace the metric's name and is left out`,
      );
    },
    invalidName(key) {
      invalidKey ??= key;
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
      const detail = `the scope attribute ${JSON.stringify(key)} would replace "${label}" and is left out`;
      add("scope_attribute_conflict", detail);
    },
    get invalidKey() {
      return invalidKey;
    },
    take(metric) {
      invalidKey = undefined;
      const taken = problems?.map(({ code, detail }) => ({ code, metric, detail }));
      problems = undefined;
      return taken;
    },
  };
}
