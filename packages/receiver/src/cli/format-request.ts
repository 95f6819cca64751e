import type { MessageCounts } from "../decode/decoded-message.js";
import type { ReceivedRequest } from "../store/received-request.js";
import type { Totals } from "../store/request-log.js";

/** A line for the request, and one for each rule that it breaks or does not follow. */
export function formatRequest(request: ReceivedRequest): string {
  const { time, id, path, body, messageBytes, counts, violations, warnings } = request;
  const size =
    messageBytes === undefined ? `${body.length} B` : `${body.length} B (${messageBytes} B decompressed)`;
  const message = formatMessage(request);
  const line = [clock(time), `#${id}`, formatOutcome(request), message, formatCounts(counts), size];
  return [
    message === "" ? [...line, path].filter(Boolean).join("  ") : line.join("  "),
    ...violations.map(({ rule, detail }) => `  breaks ${rule}: ${detail}`),
    ...warnings.map(({ rule, detail }) => `  should ${rule}: ${detail}`),
  ]
    .map(printable)
    .join("\n");
}

/** What is said at the end. */
export function formatSummary(totals: Totals): string {
  const { requests, violations, warnings } = totals;
  const rules = `${plural(violations, "violation")}, ${plural(warnings, "warning")}`;
  return `${plural(requests, "request")}: ${formatCounts(totals)}; ${rules}`;
}

function formatMessage({ messageType }: ReceivedRequest): string {
  if (messageType === undefined) return "";
  return messageType === "prometheus.WriteRequest" ? "1.0" : "2.0";
}

function formatOutcome({ status, fault, answered }: ReceivedRequest): string {
  if (fault !== undefined) return fault;
  if (status === undefined) return "no answer";
  return answered ? String(status) : `${status} not delivered`;
}

function formatCounts({ series, samples, histograms, exemplars, metadata }: MessageCounts): string {
  const others = [
    histograms > 0 ? plural(histograms, "histogram") : "",
    exemplars > 0 ? plural(exemplars, "exemplar") : "",
    metadata > 0 ? `metadata of ${metadata}` : "",
  ];
  return [`${series} series`, plural(samples, "sample"), ...others].filter(Boolean).join(", ");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function clock(time: number): string {
  return new Date(time).toTimeString().slice(0, 8);
}

/** What came over the network must not reach the terminal as control sequences. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
