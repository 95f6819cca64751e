import type { Label, Metadata, Series } from "@otel-remote-write/prompb";
import { compareBytes } from "../labels/byte-order.js";
import type { LabelSet } from "../labels/label-set.js";
import type { HistogramShape } from "../native/stale-histogram.js";
import type { Stream } from "../steady/written-block.js";

/**
 * A series and what the translator must remember of it. There are very many of them: so the labels are put together when
 * they are asked for, and all series of a histogram hold the same base. It is a class since an accessor on a prototype
 * takes no room in each.
 */
export class SeriesRecord<Owned> implements Series<Owned> {
  /** The labels without the name and the one more. */
  readonly base: LabelSet;
  /** `__name__`. */
  readonly name: Label;
  /** `le` or `quantile`. */
  readonly more: Label | undefined;
  metadata: Metadata;
  owned: Owned | undefined = undefined;
  /** What the series belongs to; undefined: it is forgotten, or kept for whoever comes with its labels. */
  stream: Stream<Owned> | undefined;
  /** Of the last point, where it was a native histogram. */
  histogram: HistogramShape | undefined = undefined;
  /** The round in which the series was written last, and the position of its first point there. */
  round: number = 0;
  position: number = 0;

  constructor(
    base: LabelSet,
    name: Label,
    more: Label | undefined,
    metadata: Metadata,
    stream: Stream<Owned> | undefined,
  ) {
    this.base = base;
    this.name = name;
    this.more = more;
    this.metadata = metadata;
    this.stream = stream;
  }

  get labels(): LabelSet {
    return completeLabels(this.base, this.name, this.more);
  }
}

/** All labels of a series, of which the base has neither name nor the one more. */
export function completeLabels(base: LabelSet, name: Label, more: Label | undefined): LabelSet {
  const labels: Label[] = [];
  let next: Label | undefined = name;
  // Which of the two is first does not depend on the base.
  let last = more;
  if (more !== undefined && compareBytes(more.name, name.name) < 0) [next, last] = [more, name];
  for (const label of base) {
    while (next !== undefined && compareBytes(next.name, label.name) < 0) {
      labels.push(next);
      next = last;
      last = undefined;
    }
    labels.push(label);
  }
  if (next !== undefined) labels.push(next);
  if (last !== undefined) labels.push(last);
  return labels;
}
