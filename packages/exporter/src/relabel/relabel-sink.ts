import type { Label, Series, SeriesBlock } from "@otel-remote-write/prompb";
import type { SeriesState } from "../batches/batch.js";
import type { RoundSink } from "../batches/round-sink.js";
import { checkLabels, type NameCheck } from "./check-labels.js";
import type { Relabel } from "./relabel.js";
import { createRenamedMetadata } from "./renamed-metadata.js";

/** Why a point is not sent. */
type RelabelDropReason = "relabel" | "invalid_relabel" | "duplicate_series";

/** Told of each point that is not sent: of which metric, and in words why. */
export type OnRelabelDrop = (reason: RelabelDropReason, metric: string, detail: string) => void;

/** A series that is sent, or would be if another were not sent with its labels. */
interface Target {
  series: Series<SeriesState>;
  readonly key: string;
  lastRound: number;
}

/** A series that is not sent. */
interface NoTarget {
  readonly reason: RelabelDropReason;
  readonly detail: string;
}

/** A block whose series all have a target of their own, or none. */
interface RelabeledBlock {
  readonly block: SeriesBlock<SeriesState>;
  readonly targets: readonly Target[];
  /** Which values of the original block are sent; undefined: all. */
  readonly positions: readonly number[] | undefined;
  readonly values: Float64Array;
  readonly dropped: readonly (readonly [series: Series<SeriesState>, reason: NoTarget])[];
  lastRound: number;
}

/** As long as a translator remembers a series that does not come: then another one may have its labels. */
const rememberedRounds = 10;

/**
 * A sink that gives series other labels before they go into Rounds.
 *
 * @param isName which names may be sent
 */
export function createRelabelSink(
  sink: RoundSink,
  relabel: Relabel,
  isName: NameCheck,
  onDrop: OnRelabelDrop,
): RoundSink {
  const targets = new WeakMap<Series<SeriesState>, Target | NoTarget>();
  const blocks = new WeakMap<SeriesBlock<SeriesState>, RelabeledBlock>();
  /** Who is sent with which labels. */
  const owners = new Map<string, Target>();
  const renamed = createRenamedMetadata();
  let round = 0;
  /** Whether the last point was sent, and its exemplars with it. */
  let lastTarget: Target | undefined;

  function createTarget(series: Series<SeriesState>): Target | NoTarget {
    let given: readonly Label[] | undefined;
    try {
      given = relabel(series.labels);
    } catch (error) {
      return {
        reason: "invalid_relabel",
        detail: `relabel threw: ${error instanceof Error ? error.message : "?"}`,
      };
    }
    if (given === undefined) return { reason: "relabel", detail: "relabel leaves the series out" };
    const labels = checkLabels(given, isName);
    if (typeof labels === "string") {
      return { reason: "invalid_relabel", detail: `relabel gives labels that cannot be sent: ${labels}` };
    }
    const isSame =
      labels.length === series.labels.length && labels.every((label, i) => label === series.labels[i]);
    return {
      series: isSame ? series : createSeries(series, labels),
      key: labels.map(({ name, value }) => `${name}\xff${value}`).join("\xff"),
      lastRound: -Infinity,
    };
  }

  function createSeries(original: Series<SeriesState>, labels: readonly Label[]): Series<SeriesState> {
    const [from, to] = [metricOf(original), metricOf({ labels })];
    return {
      labels,
      // The translator may describe a series anew.
      get metadata() {
        return renamed(original.metadata, from, to);
      },
      owned: undefined,
    };
  }

  function targetOf(series: Series<SeriesState>): Target | NoTarget {
    let target = targets.get(series);
    if (target === undefined) {
      target = createTarget(series);
      targets.set(series, target);
    }
    return "reason" in target || isOwner(target) ? target : duplicate;
  }

  /** Whether it is the first with its labels, which it then is for as long as it comes. */
  function isOwner(target: Target): boolean {
    const owner = owners.get(target.key);
    if (owner === target) return true;
    if (owner !== undefined) {
      if (owner.lastRound >= round - rememberedRounds) return false;
      // Its samples must not be overtaken (W1.19): to the receiver it is the same series.
      if (sink.keeps(owner.series)) target.series = owner.series;
    }
    owners.set(target.key, target);
    target.lastRound = round;
    return true;
  }

  /** The target of a point; undefined, and said, where there is none. */
  function admit(series: Series<SeriesState>): Target | undefined {
    const target = targetOf(series);
    lastTarget = undefined;
    if ("reason" in target) {
      onDrop(target.reason, metricOf(series), target.detail);
      return undefined;
    }
    target.lastRound = round;
    lastTarget = target;
    return target;
  }

  function createBlock(block: SeriesBlock<SeriesState>): RelabeledBlock | undefined {
    const dropped: [Series<SeriesState>, NoTarget][] = [];
    const kept: Target[] = [];
    const positions: number[] = [];
    for (const [i, series] of block.series.entries()) {
      const target = targetOf(series);
      // The other one may go away: then this one's turn comes.
      if (target === duplicate) return undefined;
      if ("reason" in target) dropped.push([series, target]);
      else {
        kept.push(target);
        positions.push(i);
      }
    }
    const isWhole = dropped.length === 0;
    const series = kept.map((target) => target.series);
    const isSame = isWhole && series.every((each, i) => each === block.series[i]);
    const startTimestamps = Float64Array.from(positions, (i) => block.startTimestamps[i] ?? 0);
    return {
      block: isSame ? block : { series, startTimestamps, owned: undefined },
      targets: kept,
      positions: isWhole ? undefined : positions,
      values: new Float64Array(isWhole ? 0 : positions.length),
      dropped,
      lastRound: round,
    };
  }

  /** One that stayed away for so long that its labels may be others' by now is looked at anew. */
  function knownBlock(block: SeriesBlock<SeriesState>): RelabeledBlock | undefined {
    const known = blocks.get(block);
    return known !== undefined && known.lastRound >= round - rememberedRounds ? known : undefined;
  }

  function sample(
    series: Series<SeriesState>,
    value: number,
    timestamp: number,
    startTimestamp: number,
  ): void {
    const target = admit(series);
    if (target !== undefined) sink.sample(target.series, value, timestamp, startTimestamp);
  }

  function forgetOwners(): void {
    for (const [key, { series, lastRound }] of owners) {
      if (lastRound < round - rememberedRounds && !sink.keeps(series)) owners.delete(key);
    }
  }

  return {
    sample,
    group: (seriesCount) => sink.group?.(seriesCount),
    block(block, values, timestamp) {
      const relabeled = knownBlock(block) ?? createBlock(block);
      if (relabeled === undefined) {
        for (const [i, series] of block.series.entries()) {
          sample(series, values[i] ?? NaN, timestamp, block.startTimestamps[i] ?? 0);
        }
        return;
      }
      blocks.set(block, relabeled);
      relabeled.lastRound = round;
      for (const target of relabeled.targets) target.lastRound = round;
      for (const [series, { reason, detail }] of relabeled.dropped) onDrop(reason, metricOf(series), detail);
      if (relabeled.targets.length === 0) return;
      const { positions } = relabeled;
      if (positions === undefined) {
        sink.block?.(relabeled.block, values, timestamp);
        return;
      }
      for (const [i, position] of positions.entries()) relabeled.values[i] = values[position] ?? NaN;
      sink.block?.(relabeled.block, relabeled.values, timestamp);
    },
    staleMarker(series, timestamp) {
      const target = admit(series);
      if (target !== undefined) sink.staleMarker(target.series, timestamp);
    },
    histogram(series, histogram) {
      const target = admit(series);
      if (target !== undefined) sink.histogram(target.series, histogram);
    },
    exemplar(_series, exemplar) {
      if (lastTarget !== undefined) sink.exemplar(lastTarget.series, exemplar);
    },
    takeRounds() {
      round++;
      if (round % rememberedRounds === 0) forgetOwners();
      return sink.takeRounds();
    },
    split: (refused, moved) => sink.split(refused, moved),
    keeps(series) {
      const target = targets.get(series);
      if (target === undefined || "reason" in target || owners.get(target.key) !== target) return false;
      return sink.keeps(target.series);
    },
    sentAs(series) {
      const target = targets.get(series);
      return target === undefined || "reason" in target || owners.get(target.key) !== target
        ? undefined
        : target.series;
    },
  };
}

const duplicate: NoTarget = {
  reason: "duplicate_series",
  detail: "relabel gives it the labels of another series, which is sent",
};

function metricOf({ labels }: Pick<Series, "labels">): string {
  return labels.find(({ name }) => name === "__name__")?.value ?? "";
}
