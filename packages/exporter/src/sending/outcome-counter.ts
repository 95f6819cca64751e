import { customBucketsSchema, type Round } from "@otel-remote-write/prompb";
import type { Acknowledged, Refused, Retryable, WrittenCounts } from "@otel-remote-write/transport";
import type { RateLimitedLog } from "../log/rate-limited-log.js";
import type { PointCounts } from "../stats/exporter-stats.js";
import type { StatsRecorder } from "../stats/stats-recorder.js";
import { type Part, pointsOf } from "./pending-round.js";
import { metricsText } from "./series-text.js";

/** The points of a request. */
type Sent = Pick<Part, "round" | "counts">;

/** Counts what an answer says of a request's points. */
export interface OutcomeCounter {
  countAcknowledged(sent: Sent, outcome: Acknowledged): void;
  /** Gives how many samples and histograms are dropped: all that were not written (W2.14). */
  countRefused(sent: Sent, outcome: Refused | Retryable): number;
}

const kinds = ["samples", "histograms", "exemplars"] as const;
const noCustomBuckets = "custom_buckets_in_1_0";

export function createOutcomeCounter(stats: StatsRecorder, log: RateLimitedLog): OutcomeCounter {
  let warned = false;

  /** Receivers differ in what they count, so the samples are not sent again. */
  function warnOfFewer(sent: PointCounts, written: PointCounts): void {
    if (warned || kinds.every((kind) => written[kind] >= sent[kind])) return;
    warned = true;
    log.warn("written", `the receiver took ${textOf(sent)} and says that it wrote ${textOf(written)}`);
  }

  return {
    countAcknowledged({ round, counts }, { message, written }) {
      stats.succeeded(message);
      const left = message === "prometheus.WriteRequest" ? customBucketsOf(round) : noPoints;
      const sent = {
        samples: counts.samples,
        histograms: counts.histograms - left.histograms,
        exemplars: counts.exemplars - left.exemplars,
      };
      stats.acknowledged(sent);
      if (left.histograms > 0) {
        stats.dropped(noCustomBuckets, left.histograms);
        log.warn(
          noCustomBuckets,
          `${left.histograms} histograms dropped (${noCustomBuckets}): the receiver takes no remote write 2.0`,
        );
      }
      if (written === undefined) return;
      const known = withZeros(written);
      stats.written(known);
      if (message !== "prometheus.WriteRequest") warnOfFewer(sent, known);
    },
    countRefused(sent, { written, reason, error }) {
      const { round, counts } = sent;
      const known = written === undefined ? noPoints : withZeros(written);
      const kept = {
        samples: Math.min(known.samples, counts.samples),
        histograms: Math.min(known.histograms, counts.histograms),
        exemplars: Math.min(known.exemplars, counts.exemplars),
      };
      stats.written(known);
      stats.acknowledged(kept);
      const points = pointsOf(sent);
      const dropped = points - kept.samples - kept.histograms;
      const of = dropped === points ? "" : ` of ${points}`;
      const metrics = metricsText([round]);
      log.error(reason, `${dropped}${of} samples dropped (${reason}) of ${metrics}: ${error.message}`);
      return dropped;
    },
  };
}

const noPoints: PointCounts = { samples: 0, histograms: 0, exemplars: 0 };

/** A Written header that is missing where there are others is 0 (W2.13). */
function withZeros({ samples = 0, histograms = 0, exemplars = 0 }: WrittenCounts): PointCounts {
  return { samples, histograms, exemplars };
}

/** What 1.0 does not carry. */
function customBucketsOf({ histograms }: Round): PointCounts {
  const left = { samples: 0, histograms: 0, exemplars: 0 };
  for (const { histogram, exemplars } of histograms) {
    if (histogram.schema !== customBucketsSchema) continue;
    left.histograms++;
    left.exemplars += exemplars.length;
  }
  return left;
}

function textOf(counts: PointCounts): string {
  return kinds.map((kind) => `${counts[kind]} ${kind}`).join(", ");
}
