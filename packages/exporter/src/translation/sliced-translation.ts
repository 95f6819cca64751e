import type { MetricsInput, TranslationReport, Translator } from "@otel-remote-write/translator";
import type { SeriesState } from "../batches/batch.js";
import type { BatchRound, RoundSink } from "../batches/round-sink.js";
import type { Runtime } from "../delivery/runtime.js";
import { thrownText } from "../log/thrown-text.js";
import { type IsWanted, mayHaveArrived } from "../staleness/ending-series.js";

/** What a collection has become. */
interface TranslatedCollection {
  readonly report: TranslationReport;
  readonly rounds: readonly BatchRound[];
  /** What was thrown: which points are whole is then not known, and none must be sent. */
  readonly failure: Error | undefined;
}

/** Translates collections one after another, and lets the event loop run while there is much to do at once. */
export interface SlicedTranslation {
  /**
   * Translates a collection: at once, up to where many new series begin, and the rest in later turns. A collection that is
   * not done by then is ended before. Calls back when it is done, which mostly is before this returns in steady state.
   */
  start(metrics: MetricsInput, onTranslated: (collection: TranslatedCollection) => void): void;
  /** Makes a stale marker for every wanted series, in the same way. */
  endSeries(isWanted: IsWanted): Promise<readonly BatchRound[]>;
  /** Ends what is left, at once. */
  finish(): void;
}

/** So long at a stretch may new series keep the event loop from other work. */
const maxSliceMillis = 3;

/** @param endsAbsent whether series that are absent get stale markers */
export function createSlicedTranslation(
  translator: Translator<SeriesState>,
  sink: RoundSink,
  { nextTurn, now, monotonic }: Pick<Runtime, "nextTurn" | "now" | "monotonic">,
  endsAbsent: boolean,
): SlicedTranslation {
  /** Does the next step of what is under way; true when that was the last one. */
  let underWay: (() => boolean) | undefined;

  function goOn(step: () => boolean): void {
    // Ended in the meantime, or another one is under way.
    if (underWay !== step) return;
    const end = monotonic() + maxSliceMillis;
    do {
      if (step()) return;
    } while (monotonic() < end);
    nextTurn(() => goOn(step));
  }

  function finish(): void {
    const step = underWay;
    if (step === undefined) return;
    while (!step());
  }

  function run<T>(slices: Generator<undefined, T>, onDone: (end: End<T>) => void): void {
    const step = (): boolean => {
      const end = next(slices);
      if (end === undefined) return false;
      underWay = undefined;
      onDone(end);
      return true;
    };
    underWay = step;
    goOn(step);
  }

  function* translate(metrics: MetricsInput): Generator<undefined, TranslationReport> {
    const report = yield* translator.writeInSlices(metrics, sink);
    if (endsAbsent) yield* translator.endAbsentSeries(sink, ofSent(mayHaveArrived));
    return report;
  }

  /** Asks of a series what it is sent as. */
  function ofSent(isWanted: IsWanted): IsWanted {
    return (series) => {
      const sent = sink.sentAs(series);
      return sent !== undefined && isWanted(sent);
    };
  }

  return {
    start(metrics, onTranslated) {
      finish();
      run(translate(metrics), ({ value: report, error }) => {
        const rounds = sink.takeRounds();
        onTranslated({ report: report ?? { drops: [], warnings: [] }, rounds, failure: error });
      });
    },
    endSeries(isWanted) {
      finish();
      return new Promise((resolve) => {
        run(translator.endAllSeries(sink, now(), ofSent(isWanted)), () => resolve(sink.takeRounds()));
      });
    },
    finish,
  };
}

/** What slices came to: a value, or what was thrown. */
type End<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: Error };

/** Does a slice; undefined when it was not the last one. */
function next<T>(slices: Iterator<undefined, T>): End<T> | undefined {
  try {
    const { done, value } = slices.next();
    return done === true ? { value } : undefined;
  } catch (thrown) {
    const text = `the metrics could not be translated: ${thrownText(thrown)}`;
    return { error: new Error(text, { cause: thrown }) };
  }
}
