import { fromBinary } from "@bufbuild/protobuf";
import type { Round, Series } from "@otel-remote-write/prompb";
import { WriteRequestSchema } from "@otel-remote-write/prompb/v1";
import type { Outcome, ProtobufMessage, RemoteWriteClient } from "@otel-remote-write/transport";
import { encodeAlone } from "../batches/batch.js";
import { addSample, createRoundBuilder, emptyShape, finishRound } from "../batches/round-builder.js";
import { acknowledged, refused } from "../delivery/outcomes.test-support.js";
import { createRateLimitedLog } from "../log/rate-limited-log.js";
import { createStatsRecorder } from "../stats/stats-recorder.js";
import { createOutcomeCounter } from "./outcome-counter.js";
import { createPendingRound, type PendingRound } from "./pending-round.js";
import { createQuarantine } from "./quarantine.js";
import { createRoundSender, type RoundSender } from "./round-sender.js";

/** What stands in a request, and how it was asked for. */
export interface SentRequest {
  /** `name` or `name/le`, in the order of the request. */
  readonly series: readonly string[];
  readonly attempt: number;
  readonly message: ProtobufMessage | undefined;
}

/** A sender whose requests a function answers. */
export function startSender(
  answer: (request: SentRequest) => Outcome,
  options: {
    bisectOnBadRequest?: boolean;
    maxBytesPerSend?: number;
    retryOnHttp429?: boolean;
    isPaused?: () => boolean;
  } = {},
) {
  const requests: SentRequest[] = [];
  const clock = { millis: 0 };
  const lines: string[] = [];
  const log = createRateLimitedLog(
    { warn: (line) => lines.push(line), error: (line) => lines.push(line) },
    () => clock.millis,
  );
  const recorder = createStatsRecorder(() => 0);
  const client: RemoteWriteClient = {
    send(batch, { attempt = 0, message } = {}) {
      const { timeseries } = fromBinary(WriteRequestSchema, batch.encode("prometheus.WriteRequest"));
      const series = timeseries.map(({ labels }) => {
        const value = (wanted: string) => labels.find(({ name }) => name === wanted)?.value;
        return [value("__name__"), value("le")].filter((text) => text !== undefined).join("/");
      });
      const request = { series, attempt, message };
      requests.push(request);
      return Promise.resolve(answer(request));
    },
    ref: () => undefined,
    unref: () => undefined,
    close: () => undefined,
  };
  const sender: RoundSender = createRoundSender({
    client,
    counter: createOutcomeCounter(recorder, log),
    quarantine: createQuarantine(() => clock.millis),
    stats: recorder,
    log,
    maxBytesPerSend: options.maxBytesPerSend ?? 3_000_000,
    retryOnHttp429: options.retryOnHttp429 ?? true,
    bisectOnBadRequest: options.bisectOnBadRequest ?? true,
    isPaused: options.isPaused ?? (() => false),
    onOutcome: () => undefined,
  });
  const { signal } = new AbortController();
  return {
    requests,
    clock,
    lines,
    sender,
    send: (pending: PendingRound) => sender.send(pending, signal),
    stats: () => recorder.snapshot({ rounds: 0, samples: 0, bytes: 0 }, 0),
  };
}

/** A gauge with this name. */
function gauge(name: string): Series {
  return {
    labels: [{ name: "__name__", value: name }],
    metadata: { type: "gauge", help: "", unit: "", familyName: name },
    owned: undefined,
  };
}

export function gauges(count: number): Series[] {
  return Array.from({ length: count }, (_, i) => gauge(`m${i}`));
}

/** The series of a classic histogram. */
export function classicHistogram(name: string, bounds: number): Series[] {
  const metadata = { type: "histogram", help: "", unit: "", familyName: name } as const;
  const buckets = Array.from({ length: bounds }, (_, i) => ({
    labels: [
      { name: "__name__", value: `${name}_bucket` },
      { name: "le", value: String(i) },
    ],
    metadata,
    owned: undefined,
  }));
  const others = ["sum", "count"].map((suffix) => ({
    labels: [{ name: "__name__", value: `${name}_${suffix}` }],
    metadata,
    owned: undefined,
  }));
  return [...buckets, ...others];
}

/** One sample of each. */
export function roundWith(series: readonly Series[], timestamp = 1000): Round {
  const builder = createRoundBuilder(emptyShape);
  for (const each of series) addSample(builder, each, 1, timestamp, 0);
  return finishRound(builder);
}

export function pendingWith(series: readonly Series[]): PendingRound {
  return createPendingRound(roundWith(series), encodeAlone);
}

/** A receiver of 1.0, which takes nothing of a request with one of these. */
export function refusing(...bad: readonly string[]): (request: SentRequest) => Outcome {
  return ({ series }) => (series.some((name) => bad.includes(name)) ? refused : acknowledged);
}
