import type { MetricsInput, TranslationReport, Translator } from "@otel-remote-write/translator";
import type { SeriesState } from "../batches/batch.js";
import type { BatchRound, RoundSink } from "../batches/round-sink.js";
import type { Runtime } from "../delivery/runtime.js";

/** What a collection has become. */
interface TranslatedCollection {
  readonly report: TranslationReport;
  readonly rounds: readonly BatchRound[];
}

/** Translates collections one after another, and lets the event loop run while the labels of new series are made. */
export interface SlicedTranslation {
  /**
   * Translates a collection: at once, up to where many new series begin, and the rest in later turns. A collection that is
   * not done by then is ended before. Calls back when it is done, which in steady state is before this returns.
   */
  start(metrics: MetricsInput, onTranslated: (collection: TranslatedCollection) => void): void;
  /** Ends what is left, at once. */
  finish(): void;
}

export function createSlicedTranslation(
  translator: Translator<SeriesState>,
  sink: RoundSink,
  { nextTurn }: Pick<Runtime, "nextTurn">,
): SlicedTranslation {
  /** Does the next slice of the collection that is under way; true when that was the last one. */
  let underWay: (() => boolean) | undefined;

  function goOn(step: () => boolean): void {
    // Ended in the meantime, or another one is under way.
    if (underWay !== step || step()) return;
    nextTurn(() => goOn(step));
  }

  function finish(): void {
    const step = underWay;
    if (step === undefined) return;
    while (!step());
  }

  return {
    start(metrics, onTranslated) {
      finish();
      const slices = translator.writeInSlices(metrics, sink);
      const step = (): boolean => {
        const { done, value: report } = slices.next();
        if (done !== true) return false;
        underWay = undefined;
        onTranslated({ report, rounds: sink.takeRounds() });
        return true;
      };
      underWay = step;
      goOn(step);
    },
    finish,
  };
}
