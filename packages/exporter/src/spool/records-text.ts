import { decodeRequest } from "@otel-remote-write/prompb/decode";
import { metricsText } from "../sending/series-text.js";
import type { SpoolRecord } from "./spool.js";

/** A line of a kind is logged once a minute: so often is it worth to read what records hold. */
const intervalMillis = 60_000;

/**
 * Names the metrics of some records in a log line, as ` of orders_total`; nothing where such a line has just been made.
 *
 * @param monotonic milliseconds of a clock that is never set
 */
export function createRecordsText(
  monotonic: () => number,
): (reason: string, records: readonly SpoolRecord[]) => string {
  const lastMillis = new Map<string, number>();
  return (reason, records) => {
    const now = monotonic();
    if (now - (lastMillis.get(reason) ?? -Infinity) < intervalMillis) return "";
    lastMillis.set(reason, now);
    try {
      return ` of ${metricsText(records.slice(0, 10).map(({ message }) => decodeRequest(message)))}`;
    } catch {
      // A spool of somebody else's gave what is no message.
      return "";
    }
  };
}
