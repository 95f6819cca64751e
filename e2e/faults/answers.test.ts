// A receiver that answers whatever it likes, and stores or does not store.
import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
import { startReceiver, type ScriptedAnswer } from "@otel-remote-write/receiver";
import { expect, it, onTestFinished } from "vitest";
import { drain, lossesOf } from "./drain.mjs";
import { createLedger, ofReceiver } from "./ledger.mjs";
import { createRandom, pick } from "./random.mjs";
import { createWorkload } from "./workload.mjs";

const messages = ["prometheus.WriteRequest", "io.prometheus.write.v2.Request"] as const;

async function setUp(protobufMessage: (typeof messages)[number], cyclesPerGeneration = 3) {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const exporter = new RemoteWriteMetricExporter({
    url: receiver.url,
    protobufMessage,
    timeoutMillis: 500,
    queue: { maxSamplesPerSend: 60, minBackoffMillis: 5, maxBackoffMillis: 50 },
  });
  const ledger = createLedger();
  const { cycle, shutdown } = createWorkload({ exporter, ledger, cyclesPerGeneration });
  onTestFinished(shutdown);
  const balance = () => ledger.balance({ received: ofReceiver(receiver.series()), ...lossesOf(exporter) });
  return { receiver, exporter, cycle, balance };
}

/** Those after which the same request is right. */
const passing: readonly ScriptedAnswer[] = [
  500,
  { status: 500, store: true },
  502,
  { status: 503, headers: { "Retry-After": "0" } },
  { status: 504, store: true, body: "gateway timeout" },
  { status: 429, headers: { "Retry-After": "garbage" } },
  { fault: "refuse" },
  { fault: "reset" },
  { fault: "reset", store: true },
  { fault: "stall" },
  { fault: "stall", store: true },
];

/** Those after which it is not. */
const final: readonly ScriptedAnswer[] = [400, 401, 403, 404, 409, 418, 301];

it.each(messages)("answers that pass lose nothing, as %s", async (message) => {
  const { receiver, exporter, cycle, balance } = await setUp(message);
  await cycle();
  for (const answer of passing) {
    receiver.answer(answer, answer);
    await cycle();
  }
  await drain(exporter);
  const { handedOver, ...balanced } = balance();
  expect(balanced).toEqual({ received: handedOver, lost: 0, problems: [] });
  expect(receiver.violations).toEqual([]);
  expect(exporter.stats()).toMatchObject({ dropped: {}, unconfirmed: 0 });
});

it.each(messages)("what is refused is dropped and counted, and nothing else, as %s", async (message) => {
  const { receiver, exporter, cycle, balance } = await setUp(message, 1000);
  await cycle();
  for (const answer of final) {
    receiver.answer(answer);
    await cycle();
  }
  await drain(exporter);
  const { handedOver, received, lost, problems } = balance();
  expect(problems).toEqual([]);
  expect(received + lost).toBe(handedOver);
  // No series ends, so that no stale marker is among what is dropped.
  const { dropped, unconfirmed } = lossesOf(exporter);
  expect(dropped + unconfirmed).toBe(lost);
  expect(lost).toBeGreaterThan(0);
  expect(receiver.violations).toEqual([]);
});

it.each([
  [1, messages[0]],
  [2, messages[1]],
  [3, messages[1]],
])("answers at random, seed %d, as %s", async (seed, message) => {
  const random = createRandom(seed);
  const { receiver, exporter, cycle, balance } = await setUp(message);
  receiver.answerEvery(() => {
    const chance = random();
    // A function among the answers would be asked in turn; there is none.
    const answer = chance < 0.2 ? pick(passing, random) : chance < 0.25 ? pick(final, random) : undefined;
    return typeof answer === "function" ? undefined : answer;
  });
  for (let cycles = 0; cycles < 20; cycles++) await cycle();
  receiver.answerEvery(undefined);
  await drain(exporter);
  const { handedOver, received, lost, problems } = balance();
  expect(problems).toEqual([]);
  expect(received + lost).toBe(handedOver);
  expect(receiver.violations).toEqual([]);
});
