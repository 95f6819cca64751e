import { isMainThread } from "node:worker_threads";
import { diag } from "@opentelemetry/api";
import { nearestKey } from "@otel-remote-write/auth";
import { type Environment, lookUp } from "../environment/environment.js";

/**
 * Reads a list of names with commas between them. Of one that is not known the log says so, with what is near or all that
 * are known.
 *
 * @param others whether names that are near to none may be meant for other programs, and are left alone
 * @returns undefined where the variable is not set
 */
export function readNames(
  env: Environment,
  variable: string,
  known: readonly string[],
  others = false,
): readonly string[] | undefined {
  const names = lookUp(env, variable)
    ?.split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  for (const name of names ?? []) {
    // Every thread has the same environment.
    if (known.includes(name) || !isMainThread) continue;
    const nearest = nearestKey(name.slice(0, maxShownLength), known);
    if (others && nearest === undefined) continue;
    const fix = nearest === undefined ? `known are ${known.join(", ")}` : `did you mean ${nearest}?`;
    const shown = JSON.stringify(name.slice(0, maxShownLength));
    diag.warn(`otel-remote-write: ${variable}: there is no ${shown} here, and it is ignored; ${fix}`);
  }
  return names;
}

const maxShownLength = 64;
