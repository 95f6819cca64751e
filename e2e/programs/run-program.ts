import { execFile } from "node:child_process";

export type RunOptions = {
  cwd: string;
  /** The program is ended when it runs for longer. Long enough for a slow machine: no test counts on the end. */
  deadlineMillis?: number | undefined;
  /** Variables of the environment, besides those of this process. */
  env?: NodeJS.ProcessEnv | undefined;
};

export type Run = {
  /** What was run, for messages. */
  command: string;
  /** 0, another exit code, or why there is none. */
  exit: number | string;
  stdout: string;
  stderr: string;
};

/** Runs a program to its end, with plain output: colours belong to terminals. */
export function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<Run> {
  const { cwd, deadlineMillis = 60_000 } = options;
  const { FORCE_COLOR: _, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      {
        cwd,
        env: { ...env, ...options.env, NO_COLOR: "1" },
        timeout: deadlineMillis,
        killSignal: "SIGKILL",
        maxBuffer: 16 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        resolve({
          command: [program, ...args].join(" "),
          exit: exitOf(error, deadlineMillis),
          stdout,
          stderr,
        });
      },
    );
  });
}

/** What `execFile` calls back with, as far as it says how a program ended. */
type Failure = Error & {
  code?: number | string | null | undefined;
  killed?: boolean | undefined;
  signal?: string | null | undefined;
};

function exitOf(error: Failure | null, deadlineMillis: number): number | string {
  if (error === null) return 0;
  if (typeof error.code === "number") return error.code;
  if (error.killed === true) return `ended by the test after ${deadlineMillis / 1000} s`;
  return error.signal ?? error.message;
}

/** Its standard output, or an error that shows everything it has said. */
export function successfulOutput({ command, exit, stdout, stderr }: Run): string {
  if (exit === 0) return stdout;
  const said = [stdout, stderr].map((text) => text.trimEnd()).filter((text) => text !== "");
  throw new Error(
    [`${command}: ${typeof exit === "number" ? `exit code ${exit}` : exit}`, ...said].join("\n"),
  );
}
