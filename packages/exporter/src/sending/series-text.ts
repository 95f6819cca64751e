import { foreignText } from "@otel-remote-write/auth";
import type { Metadata, Round, Series } from "@otel-remote-write/prompb";

/** Labels can be long, and many. */
const longestText = 500;
const mostSeries = 20;
const mostMetrics = 3;

/** Names series in a log line, as PromQL would: `http_requests_total{method="GET"}`. */
export function seriesText(series: Iterable<Series>): string {
  const texts: string[] = [];
  let more = 0;
  for (const each of series) {
    if (texts.length < mostSeries) texts.push(textOf(each));
    else more++;
  }
  return texts.join(", ") + (more === 0 ? "" : ` and ${more} more`);
}

function textOf({ labels }: Series): string {
  const name = labels.find((label) => label.name === "__name__")?.value ?? "";
  const others = labels
    .filter((label) => label.name !== "__name__")
    .map((label) => `${label.name}=${JSON.stringify(label.value)}`);
  const text = others.length === 0 ? name : `${name}{${others.join(",")}}`;
  return foreignText(text.length > longestText ? `${text.slice(0, longestText)}…` : text, []);
}

/** Names metrics in a log line: `orders_total, wait and others`. */
export function metricsText(rounds: Iterable<Round>): string {
  const names = new Set<string>();
  let last: Metadata | undefined;
  for (const { series, histograms } of rounds) {
    for (const each of series) add(each);
    for (const histogram of histograms) add(histogram.series);
    if (names.size > mostMetrics) break;
  }
  const shown = [...names].slice(0, mostMetrics).join(", ");
  return names.size > mostMetrics ? `${shown} and others` : shown;

  function add({ metadata }: Series): void {
    // Those of one metric mostly stand together.
    if (metadata !== last) names.add(metadata.familyName);
    last = metadata;
  }
}
