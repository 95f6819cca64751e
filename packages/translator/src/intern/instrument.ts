import type { MetricKind } from "../input/metric-kind.js";
import type { InternedLabel } from "../labels/label-interner.js";
import type { HashedLabels } from "../labels/label-set.js";
import type { Warning } from "../report.js";
import type { Stream } from "../steady/written-block.js";
import type { ScopeState } from "./scope-state.js";
import type { Family } from "./families.js";
import type { Registered } from "./registry.js";
import type { SeriesRecord } from "./series-record.js";

/**
 * An instrument: a stream of points. It is the same one as long as scope, name, unit and kind are the same, whatever
 * object describes it.
 */
export interface Instrument<Owned> extends Registered, Stream<Owned> {
  readonly scope: ScopeState<Owned>;
  readonly kind: MetricKind;
  readonly type: Family["metadata"]["type"];
  /** As the application knows it. */
  readonly name: string;
  /** In words, as metadata has it. */
  readonly unit: string;
  /** As the descriptor has it. */
  description: string | undefined;
  /** The Prometheus name; undefined: nothing valid is left of it. */
  readonly familyName: string | undefined;
  family: Family | undefined;
  minFamily: Family | undefined;
  maxFamily: Family | undefined;
  /** The `le` labels of the boundaries that its last histogram had. */
  bounds: { readonly boundaries: readonly number[]; readonly labels: readonly InternedLabel[] };
  /**
   * What its points have become, by their attributes objects. Undefined: `Replay` knows it. While a metric is written for
   * the first time it is a plain map, which is much faster.
   */
  entries: WeakMap<object, Entry<Owned>> | Map<object, Entry<Owned>> | undefined;
}

/**
 * The series of a point: of one instrument and one set of attributes. They are looked up again where they have left the
 * table (`live`).
 */
export interface Entry<Owned> {
  /** The clock's stamp of the last point with the same attributes object. */
  stamp: number;
  /** The series that has the family's name alone: a number, or a native histogram. */
  main: SeriesRecord<Owned> | undefined;
  /** The others. */
  parts: Parts<Owned> | undefined;
  /** A key that gives no label name: such a point is dropped. */
  readonly invalidKey: string | undefined;
  /** What went wrong with the labels; told in every round. */
  readonly warnings: readonly Warning[] | undefined;
  /** The last start time, and what it is in milliseconds. */
  startTime: unknown;
  startMillis: number;
  /** The labels that all of them share, without `__name__`. */
  readonly base: HashedLabels;
}

/** The series of a point that is more than a number. */
export interface Parts<Owned> {
  sum: SeriesRecord<Owned> | undefined;
  count: SeriesRecord<Owned> | undefined;
  /** By their position in `boundaries`, then `+Inf`. */
  boundaries: readonly number[];
  buckets: SeriesRecord<Owned>[];
  infinity: SeriesRecord<Owned> | undefined;
  min: SeriesRecord<Owned> | undefined;
  max: SeriesRecord<Owned> | undefined;
  /** By their quantile. */
  quantiles: Map<number, SeriesRecord<Owned>> | undefined;
}

export function newEntry<Owned>(
  base: HashedLabels,
  warnings: readonly Warning[] | undefined,
  invalidKey: string | undefined,
): Entry<Owned> {
  return {
    stamp: 0,
    main: undefined,
    parts: undefined,
    invalidKey,
    warnings,
    startTime: undefined,
    startMillis: Number.NaN,
    base,
  };
}

export function partsOf<Owned>(entry: Entry<Owned>): Parts<Owned> {
  entry.parts ??= {
    sum: undefined,
    count: undefined,
    boundaries: [],
    buckets: [],
    infinity: undefined,
    min: undefined,
    max: undefined,
    quantiles: undefined,
  };
  return entry.parts;
}

/** A series that belongs to somebody. One that does not is looked up anew, as another may have taken its place. */
export function live<Owned>(record: SeriesRecord<Owned> | undefined): SeriesRecord<Owned> | undefined {
  return record?.stream === undefined ? undefined : record;
}
