import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A process that runs `child-spool.ts`. */
export interface SpoolChild {
  readonly process: ChildProcess;
  /** What it said so far. */
  readonly lines: readonly string[];
  /** Resolves when it has said so many lines that match. */
  said(pattern: RegExp, count: number): Promise<void>;
  /** Kills it by SIGKILL; resolves when everything is read that it said. */
  kill(): Promise<void>;
}

const script = fileURLToPath(new URL("child-spool.ts", import.meta.url));
const hooks = new URL("source-hooks.mjs", import.meta.url).href;

export function startChild(...argumentsOfChild: readonly string[]): SpoolChild {
  const flags = ["--no-warnings", "--experimental-strip-types", "--import", hooks, script];
  const child = spawn(process.execPath, [...flags, ...argumentsOfChild], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  let changed = Promise.withResolvers<void>();
  const wake = (): void => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  reader.on("line", (line) => {
    lines.push(line);
    wake();
  });
  let ended = false;
  const closed = once(reader, "close");
  reader.on("close", () => {
    ended = true;
    wake();
  });
  return {
    process: child,
    lines,
    async said(pattern, count) {
      while (lines.filter((line) => pattern.test(line)).length < count) {
        if (ended) throw new Error(`the child ended and said: ${lines.slice(-5).join(", ")}`);
        await changed.promise;
      }
    },
    async kill() {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

/** The numbers in the lines that begin with a word. */
export function numbersAfter(word: string, lines: readonly string[]): number[] {
  return lines
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => Number(line.slice(word.length + 1)));
}
