import type { Round } from "@otel-remote-write/prompb";
import { decodeRequest } from "@otel-remote-write/prompb/decode";
import { encodeAlone } from "../batches/batch.js";
import { createPendingRound, type PendingRound } from "../sending/pending-round.js";
import type { SpoolRecord } from "./spool.js";

/**
 * What of a record is still to be sent. As 2.0 its bytes go as they are; they are decoded only where the receiver takes 1.0
 * or refuses something of them.
 */
export function createPendingRecord({ message, counts }: SpoolRecord): PendingRound {
  let decoded: Round | undefined;
  const round = (): Round => (decoded ??= decodeRequest(message));
  const whole: Round = {
    sampleCount: counts.samples,
    get series() {
      return round().series;
    },
    get values() {
      return round().values;
    },
    get timestamps() {
      return round().timestamps;
    },
    get startTimestamps() {
      return round().startTimestamps;
    },
    get staleSamples() {
      return round().staleSamples;
    },
    get exemplars() {
      return round().exemplars;
    },
    get histograms() {
      return round().histograms;
    },
  };
  return createPendingRound(
    whole,
    (part, as) =>
      part === whole && as === "io.prometheus.write.v2.Request" ? message : encodeAlone(part, as),
    counts,
  );
}
