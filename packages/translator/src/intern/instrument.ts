import type { MetricKind } from "../input/metric-kind.js";
import type { LabelSet } from "../labels/label-set.js";
import type { Warning } from "../report.js";
import type { ScopeState } from "./scope-state.js";
import type { Family } from "./families.js";
import type { Registered } from "./registry.js";
import type { SeriesRecord } from "./series-table.js";

/**
 * An instrument: a stream of points. It is the same one as long as scope, name, unit and kind are the same, whatever
 * object describes it.
 */
export interface Instrument<Owned> extends Registered {
  readonly scope: ScopeState<Owned>;
  readonly kind: MetricKind;
  readonly type: Family["metadata"]["type"];
  /** As the application knows it. */
  readonly name: string;
  readonly unit: string;
  /** As the descriptor has it. */
  description: string | undefined;
  /** The Prometheus name; undefined: nothing valid is left of it. */
  readonly familyName: string | undefined;
  family: Family | undefined;
  minFamily: Family | undefined;
  maxFamily: Family | undefined;
  /** What its points have become, by their attributes objects. */
  entries: WeakMap<object, Entry<Owned>>;
}

/** The series of a point: of one instrument and one set of attributes. */
export interface Entry<Owned> {
  /** The labels that they share, without `__name__`. */
  readonly base: LabelSet;
  /** What went wrong with the labels; told in every round. */
  readonly warnings: readonly Warning[];
  /** Round and time in which the attributes object was last seen. */
  round: number;
  timestamp: number;
  /** The series that has the family's name alone: a number, or a native histogram. */
  main: SeriesRecord<Owned> | undefined;
  sum: SeriesRecord<Owned> | undefined;
  count: SeriesRecord<Owned> | undefined;
  min: SeriesRecord<Owned> | undefined;
  max: SeriesRecord<Owned> | undefined;
  /** By their position in `boundaries`, then `+Inf`. */
  boundaries: readonly number[];
  buckets: SeriesRecord<Owned>[];
  infinity: SeriesRecord<Owned> | undefined;
  /** By their quantile. */
  quantiles: Map<number, SeriesRecord<Owned>> | undefined;
}
