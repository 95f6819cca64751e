// The sending process is killed, again and again: whatever was accepted arrives, in order.
import { readdirSync } from "node:fs";
import type { ExporterStats } from "@otel-remote-write/exporter";
import { startReceiver } from "@otel-remote-write/receiver";
import { expect, it, onTestFinished } from "vitest";
import { createRandom } from "../faults/random.mjs";
import { describeWithServer } from "../harness/describe-with-server.js";
import { numbersAfter, runApplication, temporaryDirectory } from "./run-application.js";

it.each([
  ["1.0", 1],
  ["2.0", 2],
])("with remote write %s", async (message, seed) => {
  const directory = temporaryDirectory();
  const receiver = await startReceiver({ limits: { pointsPerSeries: 100_000 } });
  onTestFinished(() => receiver.close());
  const { url } = receiver;
  const random = createRandom(seed);
  const accepted: number[] = [];
  for (let life = 0; life < 6; life++) {
    // The receiver works, is overloaded, or loses its answers after it has stored everything.
    const answers = [undefined, 503, { fault: "reset", store: true }] as const;
    receiver.answerEvery(answers[life % answers.length]);
    const first = accepted.length === 0 ? 0 : Math.max(...accepted) + 2;
    const lines = await runApplication(
      [url, directory, message, String(first)],
      1 + Math.floor(random() * 120),
    );
    accepted.push(...numbersAfter("accepted", lines));
    expect(numbersAfter("failed", lines)).toEqual([]);
  }
  receiver.answerEvery(undefined);
  const [said = "{}"] = await runApplication([url, directory, message, "drain"]);
  const stats = JSON.parse(said) as ExporterStats;
  expect(stats).toMatchObject({ dropped: {}, unconfirmed: 0, spool: { samples: 0, bytes: 0 } });
  expect(readdirSync(directory)).toEqual([]);
  for (const name of ["a", "b", "c"]) {
    const [series] = receiver.find({ __name__: name });
    const values = series?.samples.map(({ value }) => value) ?? [];
    expect(values).toEqual(values.toSorted((one, other) => one - other));
    expect(new Set(values).size).toBe(values.length);
    expect(values).toEqual(expect.arrayContaining(accepted));
  }
  // Among them: order, and one value for one time.
  expect(receiver.violations).toEqual([]);
});

for (const [program, message] of [
  ["prometheus", "1.0"],
  ["prometheus", "2.0"],
  ["victoriametrics", "1.0"],
] as const) {
  describeWithServer(program, `that a killed process sends to, as ${message}`, (server) => {
    it("takes what comes again, and has everything that was accepted", async () => {
      const directory = temporaryDirectory();
      const random = createRandom(3);
      const accepted: number[] = [];
      for (let life = 0; life < 5; life++) {
        const first = accepted.length === 0 ? 0 : Math.max(...accepted) + 2;
        const args = [server().writeUrl, directory, message, String(first)];
        accepted.push(...numbersAfter("accepted", await runApplication(args, 1 + Math.floor(random() * 40))));
      }
      const [said = "{}"] = await runApplication([server().writeUrl, directory, message, "drain"]);
      expect(JSON.parse(said) as ExporterStats).toMatchObject({ dropped: {}, spool: { samples: 0 } });
      const stored = await server().samples('{job="killed"}');
      expect(stored).toHaveLength(3);
      for (const { points } of stored) {
        // VictoriaMetrics keeps a sample twice that came twice.
        const byTime = new Map(points.map(({ timestamp, value = NaN }) => [timestamp, value]));
        const values = [...byTime.values()];
        expect(values).toEqual([...new Set(values)].toSorted((one, other) => one - other));
        expect(points.filter(({ timestamp, value }) => byTime.get(timestamp) !== value)).toEqual([]);
        expect(values).toEqual(expect.arrayContaining(accepted));
      }
    });
  });
}
