import type { Label } from "./label.js";
import type { Metadata } from "./metadata.js";

/**
 * The identity of a time series apart from its values. A translator interns it: as long as a series lives, the same
 * label set is the same object, whatever produced it. So whoever sends it can hang on it what belongs to the series:
 * its batch, its last timestamp, its encoded labels.
 */
export interface Series<Owned = unknown> {
  /**
   * Complete, `__name__` included, sorted by the UTF-8 bytes of the names, without repeats (W1.10 to W1.14). A translator
   * may put them together anew whenever they are asked for: read them once.
   */
  readonly labels: readonly Label[];
  /** Of the family. A translator may replace it, with a new object, when the instrument is described anew. */
  readonly metadata: Metadata;
  /** What the sender keeps with the series. The translator sets it to undefined once and never looks at it. */
  owned: Owned | undefined;
}
