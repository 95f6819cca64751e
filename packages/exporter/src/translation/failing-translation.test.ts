import type { Series } from "@otel-remote-write/prompb";
import type { TranslationReport, Translator } from "@otel-remote-write/translator";
import { describe, expect, it } from "vitest";
import type { SeriesState } from "../batches/batch.js";
import { createRoundSink } from "../batches/round-sink.js";
import { createSlicedTranslation } from "./sliced-translation.js";

const report: TranslationReport = { drops: [], warnings: [] };
const nothing = { resource: { attributes: {} }, scopeMetrics: [] };

function series(name: string): Series<SeriesState> {
  const metadata = { type: "gauge", help: "", unit: "", familyName: name } as const;
  return { labels: [{ name: "__name__", value: name }], metadata, owned: undefined };
}

/** A translation whose collections are these steps. */
function start(...steps: readonly (() => void)[]) {
  const turns: (() => void)[] = [];
  const sink = createRoundSink({ maxSamplesPerSend: 100, maxBytesPerSend: 1e6 }, () => {});
  let goesOn = true;
  let millis = 0;
  const translator = {
    *writeInSlices() {
      for (const step of steps) {
        if (goesOn) step();
        yield undefined;
      }
      return report;
    },
  } as unknown as Translator<SeriesState>;
  const translation = createSlicedTranslation(
    translator,
    sink,
    { nextTurn: (turn) => turns.push(turn), now: () => 0, monotonic: () => (millis += 100) },
    false,
  );
  return { turns, sink, translation, mend: () => (goesOn = false) };
}

describe("E6: a translation that throws", () => {
  it.each(["at once", "in a later slice", "as it is ended"])(
    "%s fails its collection, and no other",
    (when) => {
      const one = series("a");
      const { turns, sink, translation, mend } = start(
        () => sink.sample(one, 1, 1000, 0),
        () => {
          throw new Error("hostile");
        },
      );
      const results: unknown[] = [];
      translation.start(nothing, ({ rounds, failure }) => results.push([rounds.length, failure]));
      if (when === "in a later slice") while (turns.length > 0) turns.shift()?.();
      else translation.finish();
      expect(results).toEqual([
        [
          1,
          new Error("the metrics could not be translated: Error: hostile", { cause: new Error("hostile") }),
        ],
      ]);
      mend();
      translation.start(nothing, ({ failure }) => results.push(failure));
      translation.finish();
      expect(results).toHaveLength(2);
      expect(results[1]).toBeUndefined();
      // Turns that come later find nothing to do.
      while (turns.length > 0) turns.shift()?.();
      expect(results).toHaveLength(2);
    },
  );

  it("may throw what cannot be turned into text", () => {
    const { translation } = start(() => {
      throw Object.create(null);
    });
    const failures: (string | undefined)[] = [];
    translation.start(nothing, ({ failure }) => failures.push(failure?.message));
    expect(failures).toEqual(["the metrics could not be translated: something without words"]);
  });
});
