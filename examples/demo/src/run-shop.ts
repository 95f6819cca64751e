import { setTimeout as sleep } from "node:timers/promises";
import { type ExporterStats, startRemoteWrite } from "@otel-remote-write/exporter";
import type { Backend } from "./backends/backend.js";
import { progressLine } from "./progress/progress-line.js";
import type { Progress } from "./progress/progress.js";
import { createRandom } from "./random.js";
import type { RecordedMetric } from "./recorded/recorded-metric.js";
import { createRecorder } from "./recorded/recorder.js";
import { resource, scope } from "./resource.js";
import { createInstruments } from "./service/instruments.js";
import { observeProcess } from "./service/process-metrics.js";
import { startService } from "./service/service.js";
import { startTraffic, type Traffic } from "./traffic.js";

/** What is left when the shop has closed and its last metrics are pushed. */
export interface ShopRun {
  readonly metrics: readonly RecordedMetric[];
  readonly stats: ExporterStats;
  /** Requests that visitors made. */
  readonly requests: number;
}

const seed = 1;

/** Runs the shop, its visitors and the export of its metrics for some seconds, or until it is told to stop. */
export async function runShop(
  backend: Backend,
  seconds: number,
  progress: Progress,
  stopping: AbortSignal,
): Promise<ShopRun> {
  // This is all that an application needs. Its metrics go out once a second instead of once a minute.
  const remoteWrite = startRemoteWrite({ url: backend.writeUrl, exportIntervalMillis: 1000, resource });
  const meter = remoteWrite.meterProvider.getMeter(scope.name, scope.version);

  const recorder = createRecorder();
  observeProcess(meter, recorder);
  const instruments = createInstruments(meter, recorder);
  const service = await startService(instruments, createRandom(seed));
  const traffic = startTraffic(service.origin, seed);
  try {
    await showProgress({ backend, traffic, progress, seconds, stopping });
  } finally {
    progress.end();
    try {
      await traffic.stop();
    } finally {
      await service.close();
      await remoteWrite.shutdown();
    }
  }
  return { metrics: recorder.metrics(), stats: remoteWrite.stats(), requests: traffic.requests() };
}

interface Shown {
  readonly backend: Backend;
  readonly traffic: Traffic;
  readonly progress: Progress;
  readonly seconds: number;
  readonly stopping: AbortSignal;
}

async function showProgress({ backend, traffic, progress, seconds, stopping }: Shown): Promise<void> {
  const start = performance.now();
  for (let second = 1; second <= seconds; second++) {
    const left = start + second * 1000 - performance.now();
    await sleep(left, undefined, { signal: stopping }).catch(() => {});
    if (stopping.aborted) return;
    // A server that does not answer now is asked again a second later.
    const received = await backend.received().catch(() => undefined);
    progress.show(progressLine(second, traffic.requests(), received));
  }
}
