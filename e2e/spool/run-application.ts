import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const application = fileURLToPath(new URL("application.mjs", import.meta.url));

/** Runs the application until it has said so many lines, then kills it; or to its end. Gives what it said. */
export async function runApplication(
  args: readonly string[],
  linesUntilKilled = Infinity,
): Promise<string[]> {
  const child = spawn(process.execPath, ["--no-warnings", application, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => {
    lines.push(line);
    if (lines.length === linesUntilKilled) child.kill("SIGKILL");
  });
  await once(reader, "close");
  return lines;
}

export function numbersAfter(word: string, lines: readonly string[]): number[] {
  return lines
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => Number(line.slice(word.length + 1)));
}

/** A directory that is removed when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "otel-remote-write-spool-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
