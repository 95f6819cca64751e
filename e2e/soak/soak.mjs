import { setTimeout as sleep } from "node:timers/promises";
import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
import { startReceiver } from "@otel-remote-write/receiver";
import { drain, lossesOf } from "../faults/drain.mjs";
import { connectionFaults, startFaultProxy } from "../faults/fault-proxy.mjs";
import { createLedger, ofReceiver } from "../faults/ledger.mjs";
import { createRandom, pick } from "../faults/random.mjs";
import { createWorkload } from "../faults/workload.mjs";

/** @import { Answer } from "@otel-remote-write/receiver" */

/**
 * @typedef {object} SoakOptions
 * @property {number} seed of everything that happens at random
 * @property {(progress: { cycles: number, millis: number }) => boolean} goesOn asked after every episode
 * @property {(checkpoint: Checkpoint) => void} onCheckpoint
 * @property {number} [pauseMillis] between two cycles
 * @property {number} [series] of each kind
 *
 * @typedef {object} Checkpoint the state after an episode, with everything sent and the books balanced
 * @property {number} cycles
 * @property {number} millis since the start
 * @property {number} heapBytes used, after a garbage collection where there is one to call
 * @property {Record<string, number>} handles by kind
 * @property {number} points handed over so far
 * @property {number} lost of these
 * @property {number} dropped which explains losses
 * @property {number} retries
 * @property {string[]} problems of this episode: unexplained losses, values and points that were not handed over
 * @property {string[]} violations of this episode: rules that requests broke, the order of points among them
 */

const cyclesPerEpisode = 40;

/** @type {readonly Answer[]} */
const passingAnswers = [
  500,
  { status: 500, store: true },
  503,
  { status: 503, headers: { "Retry-After": "0" } },
  429,
  { fault: "reset", store: true },
];

/** @type {readonly Answer[]} */
const finalAnswers = [400, 403, 404, 409];

/**
 * Runs an application against a receiver that breaks in every way: in episodes, after each of which everything heals,
 * the queue empties and the books must balance. One exporter lives through all of them.
 *
 * @param {SoakOptions} options
 */
export async function soak({ seed, goesOn, onCheckpoint, pauseMillis = 0, series = 100 }) {
  const random = createRandom(seed);
  // Little is kept, so that what is measured is the exporter.
  const receiver = await startReceiver({ limits: { requests: 200, bodyBytes: 1024 * 1024 } });
  const proxy = await startFaultProxy(receiver.port);
  const exporter = new RemoteWriteMetricExporter({
    url: `${proxy.origin}/api/v1/write`,
    timeoutMillis: 500,
    queue: { maxSamplesPerSend: 100, minBackoffMillis: 5, maxBackoffMillis: 100 },
  });
  const ledger = createLedger();
  const workload = createWorkload({ exporter, ledger, series, cyclesPerGeneration: 7 });
  const started = performance.now();
  let cycles = 0;
  let points = 0;
  let lost = 0;
  let explained = 0;

  function breakThings() {
    proxy.decide(() => (random() < 0.05 ? pick(connectionFaults, random) : undefined));
    receiver.answerEvery(() => {
      const chance = random();
      if (chance < 0.05) return pick(passingAnswers, random);
      return chance < 0.06 ? pick(finalAnswers, random) : undefined;
    });
  }

  async function heal() {
    proxy.decide(undefined);
    receiver.answerEvery(undefined);
    await proxy.up();
    await drain(exporter);
  }

  async function runEpisode() {
    breakThings();
    for (let cycle = 0; cycle < cyclesPerEpisode; cycle++) {
      if (random() < 0.02) await proxy.down();
      else if (random() < 0.3) await proxy.up();
      await workload.cycle();
      cycles++;
      if (pauseMillis > 0) await sleep(pauseMillis);
    }
    await heal();
  }

  /** @returns {Checkpoint} */
  function check() {
    const losses = lossesOf(exporter);
    const total = losses.dropped + losses.unconfirmed;
    const balance = ledger.balance({
      received: ofReceiver(receiver.series()),
      dropped: total - explained,
      unconfirmed: 0,
    });
    explained = total;
    points += balance.handedOver;
    lost += balance.lost;
    const violations = receiver.violations.map(({ rule, detail }) => `${rule}: ${detail}`);
    ledger.clear();
    receiver.reset();
    // As thorough as there is: it gives up compiled code that is no longer used, too.
    globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
    return {
      cycles,
      millis: performance.now() - started,
      heapBytes: process.memoryUsage().heapUsed,
      handles: countHandles(),
      points,
      lost,
      dropped: total,
      retries: exporter.stats().retries,
      problems: balance.problems,
      violations,
    };
  }

  try {
    do {
      await runEpisode();
      onCheckpoint(check());
    } while (goesOn({ cycles, millis: performance.now() - started }));
  } finally {
    await workload.shutdown();
    await proxy.down();
    await receiver.close();
  }
}

/** @returns {Record<string, number>} */
function countHandles() {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
