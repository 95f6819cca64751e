import { diag, DiagLogLevel } from "@opentelemetry/api";
import type { Backend, BackendName } from "./backends/backend.js";
import { startBackend } from "./backends/start-backend.js";
import { createProgress, type Progress } from "./progress/progress.js";
import { createPaint } from "./report/paint.js";
import { compareAll, renderReport } from "./report/report.js";
import { judge } from "./report/verdict.js";
import { runShop } from "./run-shop.js";

export interface DemoOptions {
  readonly backend: BackendName;
  /** Infinity: until it is told to stop. */
  readonly seconds: number;
}

const widest = 100;

/** Runs the demo and prints what comes of it. Resolves with the exit code. */
export async function runDemo(
  { backend: name, seconds }: DemoOptions,
  stopping: AbortSignal,
): Promise<number> {
  const progress = createProgress(process.stdout, process.env);
  logTo(progress);
  if (name !== "embedded") progress.note(`Starting ${name}, which is downloaded the first time …`);
  const backend = await startBackend(name);
  try {
    if (stopping.aborted) return 130;
    introduce(backend, seconds, progress);
    const { metrics, stats, requests } = await runShop(backend, seconds, progress, stopping);
    const { significantDigits } = backend;
    const comparison = compareAll(metrics, await backend.series(), significantDigits);
    const paint = createPaint(process.stdout);
    // Undefined where there is no terminal, and 0 where it does not know.
    const width = Math.min(process.stdout.columns || widest, widest);
    const verdict = judge({
      comparison,
      stats,
      requests,
      violations: backend.violations(),
      backend: name,
    });
    const lines = [
      "",
      ...renderReport(metrics, comparison, { width, paint, significantDigits }),
      "",
      ...verdict.lines,
      "",
      verdict.ok ? paint.good(verdict.lastLine) : paint.bad(verdict.lastLine),
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
    return verdict.ok ? 0 : 1;
  } finally {
    progress.end();
    await backend.stop();
  }
}

function introduce({ title, places }: Backend, seconds: number, progress: Progress): void {
  const time = seconds === Infinity ? "until Ctrl-C" : `for ${seconds} s (--watch: until Ctrl-C)`;
  progress.note(`A small web shop pushes its metrics to ${title}.`);
  progress.note(`It gets requests ${time}. Where to look meanwhile:`);
  const width = Math.max(...places.map(([what]) => what.length));
  for (const [what, url] of places) progress.note(`  ${what.padEnd(width)}  ${url}`);
  progress.note("");
}

function ignore(): void {}

/** Warnings of the exporter and the SDK, which are silent by default. */
function logTo(progress: Progress): void {
  const note = (...parts: unknown[]): void => progress.note(parts.map(String).join(" "));
  diag.setLogger(
    { error: note, warn: note, info: ignore, debug: ignore, verbose: ignore },
    DiagLogLevel.WARN,
  );
}
