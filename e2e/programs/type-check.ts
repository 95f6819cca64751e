import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { runProgram, successfulOutput } from "./run-program.js";

export type Diagnostic = {
  /** The absolute path. */
  file: string;
  line: number;
  column: number;
  message: string;
};

const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

/** Compiles the project in a folder, as far as its tsconfig.json says, and gives what the compiler objects to. */
export async function typeCheck(folder: string): Promise<Diagnostic[]> {
  const run = await runProgram(process.execPath, [compiler, "-p", folder, "--pretty", "false"], {
    cwd: folder,
  });
  const diagnostics = parseDiagnostics(run.stdout, folder);
  // A compiler that fails without naming a place, as with a wrong option, is no result.
  if (diagnostics.length === 0) successfulOutput(run);
  return diagnostics;
}

export function parseDiagnostics(output: string, folder: string): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const text of output.split(/\r?\n/)) {
    const [, path, line, column, message] = /^(\S.*)\((\d+),(\d+)\): error (.*)$/.exec(text) ?? [];
    const last = diagnostics.at(-1);
    if (path !== undefined && message !== undefined) {
      diagnostics.push({ file: resolve(folder, path), line: Number(line), column: Number(column), message });
    } else if (last !== undefined && /^\s+\S/.test(text)) last.message += `\n${text}`;
    else if (text.startsWith("error ")) throw new Error(text);
  }
  return diagnostics;
}
