import type { Exemplar } from "./exemplar.js";
import type { Label } from "./label.js";
import type { Metadata } from "./metadata.js";
import type { NativeHistogram } from "./native-histogram.js";
import type { Sample } from "./sample.js";

/** A series with its points: plain data, as a reader of the remote-write specification expects it. */
export interface TimeSeries {
  /** Complete, `__name__` included, sorted by the UTF-8 bytes of the names, without repeats (W1.10 to W1.14). */
  readonly labels: readonly Label[];
  readonly metadata: Metadata;
  /** In the order of their timestamps. Either `samples` or `histograms` has entries, never both (W2.26). */
  readonly samples: readonly Sample[];
  /** In the order of their timestamps. */
  readonly histograms: readonly NativeHistogram[];
  readonly exemplars: readonly Exemplar[];
}
