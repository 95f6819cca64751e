import type { Place } from "./config-node.js";

/** Gathers what is wrong, so that it is told all at once. No message holds a value, which may be a secret. */
export interface Problems {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** @param key The key with its path, `tls_config.ca_file`; empty where the place says it all */
  error(place: Place, key: string, text: string): void;
  warn(place: Place, key: string, text: string): void;
  /** A warning that may explain the errors, where there are any, and is told with them. */
  hint(place: Place, key: string, text: string): void;
}

export function createProblems(): Problems {
  const errors: Problem[] = [];
  const warnings: Problem[] = [];
  const hints: Problem[] = [];
  return {
    get errors() {
      return errors.length === 0 ? [] : [...toLines(errors), ...toLines(hints)];
    },
    get warnings() {
      return [...toLines(warnings), ...toLines(hints)];
    },
    error: (place, key, text) => void errors.push({ place, key, text }),
    warn: (place, key, text) => void warnings.push({ place, key, text }),
    hint: (place, key, text) => void hints.push({ place, key, text }),
  };
}

interface Problem {
  readonly place: Place;
  readonly key: string;
  readonly text: string;
}

/** Those of a file in the order of its lines, and each once: an anchor used twice is one mistake. */
function toLines(problems: readonly Problem[]): readonly string[] {
  const inOrder = problems.toSorted((a, b) => (a.place.line ?? 0) - (b.place.line ?? 0));
  return [...new Set(inOrder.map(toLine))];
}

function toLine({ place: { source, line }, key, text }: Problem): string {
  const where = line === undefined ? source : `${source}:${line}`;
  return [where, key, text].filter((part) => part !== "").join(": ");
}
