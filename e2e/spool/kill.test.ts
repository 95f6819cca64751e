// The sending process is killed, again and again: whatever was accepted arrives, in order.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ExporterStats } from "@otel-remote-write/exporter";
import { startReceiver } from "@otel-remote-write/receiver";
import { expect, it, onTestFinished } from "vitest";
import { createRandom } from "../faults/random.mjs";

const application = fileURLToPath(new URL("application.mjs", import.meta.url));

/** Runs the application until it has said so many lines, then kills it; or to its end. Gives what it said. */
async function run(args: readonly string[], linesUntilKilled = Infinity): Promise<string[]> {
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

function numbersAfter(word: string, lines: readonly string[]): number[] {
  return lines
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => Number(line.slice(word.length + 1)));
}

it.each([
  ["1.0", 1],
  ["2.0", 2],
])("with remote write %s", async (message, seed) => {
  const directory = mkdtempSync(join(tmpdir(), "otel-remote-write-spool-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  let receiver = await startReceiver({ limits: { pointsPerSeries: 100_000 } });
  onTestFinished(() => receiver.close());
  const { url } = receiver;
  const random = createRandom(seed);
  const accepted: number[] = [];
  for (let life = 0; life < 6; life++) {
    // The receiver works, is overloaded, or loses its answers after it has stored everything.
    const answers = [undefined, 503, { fault: "reset", store: true }] as const;
    receiver.answerEvery(answers[life % answers.length]);
    const first = accepted.length === 0 ? 0 : Math.max(...accepted) + 2;
    const lines = await run([url, directory, message, String(first)], 1 + Math.floor(random() * 120));
    accepted.push(...numbersAfter("accepted", lines));
    expect(numbersAfter("failed", lines)).toEqual([]);
  }
  receiver.answerEvery(undefined);
  const [said = "{}"] = await run([url, directory, message, "drain"]);
  const stats = JSON.parse(said) as ExporterStats;
  expect(stats).toMatchObject({ dropped: {}, unconfirmed: 0, spool: { samples: 0, bytes: 0 } });
  expect(readdirSync(directory)).toEqual([]);
  for (const name of ["a", "b", "c"]) {
    const [series] = receiver.find({ __name__: name });
    const values = series?.samples.map(({ value }) => value) ?? [];
    expect(values).toEqual(values.toSorted((one, other) => one - other));
    expect(new Set(values).size).toBe(values.length);
    expect(values).toEqual(expect.arrayContaining(accepted));
  }
  // Among them: order, and one value for one time.
  expect(receiver.violations).toEqual([]);
});
