import type { ExporterStats } from "@otel-remote-write/exporter";
import type { BackendName, Violations } from "../backends/backend.js";
import type { Labels } from "../recorded/series.js";
import type { Compared, Comparison } from "./compare.js";

/** What came of it. */
export interface Verdict {
  readonly ok: boolean;
  /** Counts, and what is wrong if anything is. */
  readonly lines: readonly string[];
  /** In plain words, with what to try next. */
  readonly lastLine: string;
}

export interface VerdictInput {
  readonly comparison: Comparison;
  readonly stats: Pick<ExporterStats, "acknowledged" | "dropped" | "unconfirmed" | "lastError">;
  /** Requests that visitors made. */
  readonly requests: number;
  /** Undefined: the backend does not look for any. */
  readonly violations: Violations | undefined;
  readonly backend: BackendName;
}

const mostShown = 20;

export function judge({ comparison, stats, requests, violations, backend }: VerdictInput): Verdict {
  const { all, wrong } = comparison;
  const reasons = Object.entries(stats.dropped).map(([reason, points]) => `${points} ${reason}`);
  const isDelivered = reasons.length === 0 && stats.unconfirmed === 0;
  const broken = violations?.count ?? 0;
  // Nothing compared is nothing shown.
  const isEqual = wrong.length === 0 && all.length > 0;
  const ok = isEqual && isDelivered && broken === 0;
  const lines = [
    `requests made by visitors: ${requests}`,
    `samples acknowledged: ${stats.acknowledged.samples}`,
    `samples dropped: ${reasons.length === 0 ? "0" : reasons.join(", ")}`,
    ...(stats.unconfirmed > 0 ? [`samples unconfirmed: ${stats.unconfirmed}`] : []),
    ...(!isDelivered && stats.lastError !== undefined ? [`last error: ${stats.lastError}`] : []),
    `series compared, buckets included: ${all.length}, of which ${all.length - wrong.length} are equal`,
    ...wrong.slice(0, mostShown).map((series) => `  ✗ ${describe(series)}`),
    ...more(wrong.length - Math.min(wrong.length, mostShown)),
    violations === undefined
      ? "protocol violations: not checked by this backend; the embedded receiver does"
      : `protocol violations: ${broken}`,
    ...(violations?.examples ?? []).slice(0, mostShown).map((text) => `  ✗ ${text}`),
  ];
  return { ok, lines, lastLine: ok ? nextStep(backend) : failure(isEqual, isDelivered, broken) };
}

function nextStep(backend: BackendName): string {
  const next =
    backend === "embedded"
      ? "npm run demo -- --backend prometheus"
      : "your own service, as packages/exporter/README.md shows.";
  return `All arrived as it was recorded. Next: ${next}`;
}

function failure(isEqual: boolean, isDelivered: boolean, broken: number): string {
  const faults = [
    ...(isEqual ? [] : ["not everything arrived as it was recorded"]),
    ...(isDelivered ? [] : ["samples were not delivered"]),
    ...(broken === 0 ? [] : ["requests broke the specification"]),
  ];
  return `FAILED: ${faults.join("; ")}. Next: the lines with ✗ above say what is wrong.`;
}

function describe({ labels, recorded, arrived }: Compared): string {
  return `${seriesText(labels)}: recorded ${recorded ?? "never"}, arrived ${arrived ?? "never"}`;
}

function seriesText({ __name__: name = "", ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(",")}}`;
}

function more(count: number): string[] {
  return count === 0 ? [] : [`  … and ${count} more`];
}
