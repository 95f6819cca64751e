import { customBucketsSchema } from "@otel-remote-write/prompb";
import { RemoteWriteError, type Acknowledged, type Refused } from "@otel-remote-write/transport";
import { describe, expect, it } from "vitest";
import {
  addExemplar,
  addHistogram,
  addSample,
  createRoundBuilder,
  emptyShape,
  finishRound,
} from "../batches/round-builder.js";
import { createRateLimitedLog } from "../log/rate-limited-log.js";
import { createStatsRecorder } from "../stats/stats-recorder.js";
import { createOutcomeCounter } from "./outcome-counter.js";
import { countPoints, type Part } from "./pending-round.js";

const series = {
  labels: [],
  metadata: { type: "histogram", help: "", unit: "", familyName: "m" },
  owned: undefined,
} as const;
const empty = { positiveSpans: [], positiveDeltas: [], negativeSpans: [], negativeDeltas: [] };
const histogram = { ...empty, count: 0, sum: 0, schema: 0, zeroThreshold: 0, zeroCount: 0, timestamp: 1000 };
const exemplar = { labels: [], value: 1, timestamp: 1000 };

/** Two samples, one exponential histogram, and two with custom buckets, one of which has an exemplar. */
function mixedRound(): Pick<Part, "round" | "counts"> {
  const builder = createRoundBuilder(emptyShape);
  addSample(builder, series, 1, 1000, 0);
  addSample(builder, series, 2, 1001, 0);
  addHistogram(builder, series, histogram);
  addHistogram(builder, series, { ...histogram, schema: customBucketsSchema, customValues: [1] });
  addExemplar(builder, exemplar);
  addHistogram(builder, series, { ...histogram, schema: customBucketsSchema, customValues: [1] });
  const round = finishRound(builder);
  return { round, counts: countPoints(round) };
}

function answered(message: Acknowledged["message"], written?: Acknowledged["written"]): Acknowledged {
  return { kind: "acknowledged", status: 204, message, written };
}

function refusal(written: Refused["written"]): Refused {
  const error = new RemoteWriteError("out of order", { reason: "bad_request", url: "" });
  return {
    kind: "refused",
    reason: "bad_request",
    error,
    status: 400,
    message: "prometheus.WriteRequest",
    written,
  };
}

function start() {
  const stats = createStatsRecorder(() => 7);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const counter = createOutcomeCounter(
    stats,
    createRateLimitedLog({ warn: log, error: log }, () => 0),
  );
  return { counter, lines, stats: () => stats.snapshot({ rounds: 0, samples: 0, bytes: 0 }, 0) };
}

const v1 = "prometheus.WriteRequest";
const v2 = "io.prometheus.write.v2.Request";

describe("what an answer says of a Round's points", () => {
  it("all are acknowledged by a 2xx to 2.0, and what was written is shown", () => {
    const { counter, stats, lines } = start();
    counter.countAcknowledged(mixedRound(), answered(v2, { samples: 2, histograms: 3, exemplars: 1 }));
    expect(stats()).toMatchObject({
      acknowledged: { samples: 2, histograms: 3, exemplars: 1 },
      written: { samples: 2, histograms: 3, exemplars: 1 },
      dropped: {},
      protobufMessage: v2,
      lastSuccessTime: 7,
    });
    expect(lines).toEqual([]);
  });

  it("TR18: custom buckets are dropped and named where 1.0 was taken, with their exemplars", () => {
    const { counter, stats, lines } = start();
    counter.countAcknowledged(mixedRound(), answered(v1));
    expect(stats()).toMatchObject({
      acknowledged: { samples: 2, histograms: 1, exemplars: 0 },
      dropped: { custom_buckets_in_1_0: 2 },
      protobufMessage: v1,
    });
    expect(lines.join()).toMatch(/^2 histograms dropped \(custom_buckets_in_1_0\)/);
  });

  it("H10: fewer written than sent is counted and said once, and not believed", () => {
    const { counter, stats, lines } = start();
    for (let i = 0; i < 3; i++) {
      counter.countAcknowledged(
        mixedRound(),
        answered(v2, { samples: 1, histograms: 3, exemplars: undefined }),
      );
    }
    expect(stats()).toMatchObject({
      acknowledged: { samples: 6, histograms: 9, exemplars: 3 },
      written: { samples: 3, histograms: 9, exemplars: 0 },
      dropped: {},
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("took 2 samples, 3 histograms, 1 exemplars and says that it wrote 1 samples");
  });

  it("W2.13: with 1.0 nothing is made of a Written header that is missing", () => {
    const { counter, lines } = start();
    counter.countAcknowledged(
      mixedRound(),
      answered(v1, { samples: 2, histograms: undefined, exemplars: undefined }),
    );
    expect(lines.filter((line) => line.includes("wrote"))).toEqual([]);
  });

  it("W2.14: of a partial write the written part is acknowledged, the rest dropped", () => {
    const { counter, stats, lines } = start();
    const dropped = counter.countRefused(mixedRound(), refusal({ samples: 1, histograms: 3, exemplars: 99 }));
    expect(dropped).toBe(1);
    expect(stats()).toMatchObject({
      acknowledged: { samples: 1, histograms: 3, exemplars: 1 },
      lastSuccessTime: undefined,
    });
    expect(lines.join()).toContain("1 of 5 samples dropped (bad_request) of m: out of order");
  });

  it("without Written headers a refusal drops all", () => {
    const { counter, stats, lines } = start();
    expect(counter.countRefused(mixedRound(), refusal(undefined))).toBe(5);
    expect(stats().acknowledged).toEqual({ samples: 0, histograms: 0, exemplars: 0 });
    expect(lines.join()).toContain("5 samples dropped (bad_request)");
  });
});
