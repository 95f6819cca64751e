import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Creates a folder and those above it, where they are not there yet. Node's own `recursive` never ends where a folder
 * cannot be created in one that is there, as in `/proc`.
 */
export function makeDirectory(path: string): void {
  const problem = tryMake(path);
  if (problem === undefined) return;
  if (problem.code !== "ENOENT" || dirname(path) === path) throw problem;
  makeDirectory(dirname(path));
  const stillProblem = tryMake(path);
  if (stillProblem !== undefined) throw stillProblem;
}

/** Another process may create it at the same time. */
function tryMake(path: string): NodeJS.ErrnoException | undefined {
  try {
    mkdirSync(path, { mode: 0o700 });
    return undefined;
  } catch (error) {
    const problem = error as NodeJS.ErrnoException;
    return problem.code === "EEXIST" && statSync(path).isDirectory() ? undefined : problem;
  }
}
