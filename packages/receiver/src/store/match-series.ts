import type { StoredSeries } from "./stored-series.js";

/** Whether the series has all these labels. A label that is missing is the empty string, as in PromQL. */
export function matchesSeries(
  { labels }: StoredSeries,
  matcher: Readonly<Record<string, string | RegExp>>,
): boolean {
  return Object.entries(matcher).every(([name, wanted]) => {
    const value = Object.hasOwn(labels, name) ? (labels[name] ?? "") : "";
    return typeof wanted === "string" ? value === wanted : value.search(wanted) !== -1;
  });
}
