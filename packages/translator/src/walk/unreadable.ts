import type { Report } from "../report.js";

/** Input may be anything: what cannot be read is dropped, and the rest goes on (TR29). */
export function unreadable(report: Report, name: () => string, error: unknown): void {
  const metric = attempt(name);
  const reason = attempt(() => String(error));
  report.drop(metric, "unreadable_input", `${metric}, or a part of it, could not be read: ${reason}`);
}

function attempt(text: () => string): string {
  try {
    return text();
  } catch {
    return "(unreadable)";
  }
}
