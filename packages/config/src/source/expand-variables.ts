import type { Environment } from "../environment/environment.js";

/**
 * Puts environment variables into a value: `${NAME}`, `${env:NAME}` and `${NAME:-default}`, as OpenTelemetry's own
 * configuration files have them; a default also stands in for an empty variable. `$$` gives one `$`; any other `$` is
 * itself. What comes out is not looked at again.
 *
 * @param onProblem told in words what is wrong with a reference; the reference then stays as it is
 */
export function expandVariables(text: string, env: Environment, onProblem: (text: string) => void): string {
  return text.replaceAll(/\$\$|\$\{[^{}]*\}?/g, (found) => {
    if (found === "$$") return "$";
    const reference = readReference(found);
    if (reference === undefined) {
      onProblem(
        "has a ${…} that names no variable; write ${NAME} or ${NAME:-default}, and $${ for a plain ${",
      );
      return found;
    }
    const { name, fallback } = reference;
    const value = env[name];
    if (fallback !== undefined) return value === undefined || value === "" ? fallback : value;
    if (value !== undefined) return value;
    onProblem(`the environment variable ${name} is not set; set it, or write \${${name}:-default}`);
    return found;
  });
}

/** The same with `$NAME`, too, which Prometheus has in its external labels and nowhere else. */
export function expandInLabel(text: string, env: Environment, onProblem: (text: string) => void): string {
  const inBraces = text.replaceAll(/\$\$|\$([A-Za-z_]\w*)/g, (found, name?: string) =>
    name === undefined ? found : `\${${name}}`,
  );
  return expandVariables(inBraces, env, onProblem);
}

/** How {@link expandReferences} treats what it finds. */
export interface ReferenceRules {
  /** Whether `${name}` means something else and stays. */
  readonly keeps: (name: string) => boolean;
  /** What to make of a variable's value. */
  readonly quote: (value: string) => string;
}

/**
 * Puts environment variables into a text in which `$` has another meaning, too: only what can be nothing else,
 * `${NAME}` and its like, is looked at, and `$$` stays.
 */
export function expandReferences(
  text: string,
  env: Environment,
  { keeps, quote }: ReferenceRules,
  onProblem: (text: string) => void,
): string {
  return text.replaceAll(/\$\$|\$\{[^{}]*\}/g, (found) => {
    const name = readReference(found)?.name;
    if (name === undefined || keeps(name)) return found;
    return quote(expandVariables(found, env, onProblem));
  });
}

/** Reads one `${…}`; undefined where it is none. */
function readReference(text: string): { name: string; fallback: string | undefined } | undefined {
  const [, name, fallback] = /^\$\{(?:env:)?([A-Za-z_]\w*)(?::-([^}]*))?\}$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, fallback };
}
