import type { Outcome, RemoteWriteClient } from "@otel-remote-write/transport";
import type { Batch } from "../batches/batch.js";
import type { BatchRound } from "../batches/round-sink.js";
import { addSample, createRoundBuilder, emptyShape, finishRound } from "../batches/round-builder.js";
import { aborted } from "./outcomes.test-support.js";
import type { Runtime } from "./runtime.js";

/** A runtime whose time passes when a test says so. */
export interface ManualRuntime extends Runtime {
  /** Lets time pass, calling what falls due, and lets promises settle in between. */
  advance(millis: number): Promise<void>;
  /** Sets the wall clock by so many milliseconds. */
  stepClock(millis: number): void;
}

/** Lets promises that are resolved call back, and those that depend on them. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

export function createManualRuntime(): ManualRuntime {
  let now = 0;
  let epoch = 1_700_000_000_000;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  return {
    now: () => epoch + now,
    monotonic: () => now,
    // The longest wait that jitter allows.
    random: () => 1,
    startTimer(millis, _holds, callback) {
      const timer = { at: now + millis, callback };
      timers.add(timer);
      return { cancel: () => timers.delete(timer) };
    },
    nextTurn(callback) {
      timers.add({ at: now, callback });
    },
    async advance(millis) {
      const end = now + millis;
      for (;;) {
        await settle();
        const [next] = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = next.at;
        next.callback();
      }
      now = end;
    },
    stepClock(millis) {
      epoch += millis;
    },
  };
}

/** A request that the client under test was asked for. */
export interface FakeRequest {
  readonly bytes: Uint8Array;
  readonly attempt: number | undefined;
  answer(outcome: Outcome): void;
}

/** A client whose answers are given by the test. */
export function createFakeClient(): {
  client: RemoteWriteClient;
  requests: FakeRequest[];
  isClosed: () => boolean;
} {
  const requests: FakeRequest[] = [];
  let closed = false;
  return {
    requests,
    isClosed: () => closed,
    client: {
      send(batch, options) {
        const { promise, resolve } = Promise.withResolvers<Outcome>();
        requests.push({
          bytes: batch.encode("prometheus.WriteRequest").slice(),
          attempt: options?.attempt,
          answer: resolve,
        });
        options?.signal?.addEventListener("abort", () => {
          resolve(aborted);
        });
        return promise;
      },
      ref: () => undefined,
      unref: () => undefined,
      close: () => {
        closed = true;
      },
    },
  };
}

/** A Round with as many samples of one series. */
export function roundOf(batch: Batch, samples = 1): BatchRound {
  const builder = createRoundBuilder(emptyShape);
  const metadata = { type: "gauge", help: "", unit: "", familyName: "m" } as const;
  const series = { labels: [{ name: "__name__", value: "m" }], metadata, owned: undefined };
  for (let i = 0; i < samples; i++) addSample(builder, series, i, 1000 + i, 0);
  return { batch, round: finishRound(builder) };
}
