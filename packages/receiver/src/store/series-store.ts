import type { Exemplar, Sample } from "@otel-remote-write/prompb";
import type { DecodedMessage, ReceivedHistogram, SeriesMetadata } from "../decode/decoded-message.js";
import type { Limits } from "../limits.js";
import { createFamilyStore, type FamilyStore } from "./family-store.js";
import { appendExemplars, appendNewer } from "./points.js";
import { seriesKey, type StoredSeries } from "./stored-series.js";

/** What is kept of one series. */
interface KeptSeries {
  readonly labels: Readonly<Record<string, string>>;
  metadata: SeriesMetadata | undefined;
  readonly samples: Sample[];
  readonly histograms: ReceivedHistogram[];
  readonly exemplars: Exemplar[];
  /** Whether the limits have pushed out points of it. */
  trimmed: boolean;
}

/** What the limits have pushed out, so that what is missing is never a riddle. */
export interface Evicted {
  /** Whole series. */
  readonly series: number;
  /** Samples, histograms and exemplars, those of evicted series included. */
  readonly points: number;
}

/** Recent points of recent series. */
export interface SeriesStore {
  add(message: DecodedMessage): void;
  /** By the key of `seriesKey`. */
  get(key: string): KeptSeries | undefined;
  list(): StoredSeries[];
  readonly families: FamilyStore;
  evicted(): Evicted;
  clear(): void;
}

export function createSeriesStore(limits: Limits): SeriesStore {
  // In the order of their newest points: a series moves to the end with each.
  const kept = new Map<string, KeptSeries>();
  const families = createFamilyStore(limits.series);
  let points = 0;
  let evicted = { series: 0, points: 0 };

  const trim = (series: KeptSeries): void => {
    for (const list of [series.samples, series.histograms, series.exemplars]) {
      const excess = list.length - limits.pointsPerSeries;
      if (excess <= 0) continue;
      list.splice(0, excess);
      series.trimmed = true;
      points -= excess;
      evicted.points += excess;
    }
  };
  const isFull = (): boolean => kept.size > limits.series || (points > limits.points && kept.size > 1);
  const evictOldest = (): void => {
    // Asked before the loop too: beginning to iterate is dear in a map whose first entries keep moving to its end.
    if (!isFull()) return;
    for (const [key, series] of kept) {
      const size = series.samples.length + series.histograms.length + series.exemplars.length;
      kept.delete(key);
      points -= size;
      evicted.series++;
      evicted.points += size;
      if (!isFull()) return;
    }
  };

  return {
    families,
    add(message): void {
      for (const family of message.families) families.set(family);
      for (const { labels, samples, histograms, exemplars, metadata } of message.series) {
        const key = seriesKey(labels);
        const series = kept.get(key) ?? {
          // Defines own properties, so that a label named __proto__ is one like any other.
          labels: Object.fromEntries(labels.map(({ name, value }) => [name, value])),
          metadata: undefined,
          samples: [],
          histograms: [],
          exemplars: [],
          trimmed: false,
        };
        kept.delete(key);
        kept.set(key, series);
        series.metadata = metadata ?? series.metadata;
        points += appendNewer(series.samples, samples);
        points += appendNewer(series.histograms, histograms);
        points += appendExemplars(series.exemplars, exemplars);
        trim(series);
        evictOldest();
      }
    },
    get: (key) => kept.get(key),
    list: () => [...kept.values()].map((series) => snapshot(series, families)),
    evicted: () => evicted,
    clear(): void {
      kept.clear();
      families.clear();
      points = 0;
      evicted = { series: 0, points: 0 };
    },
  };
}

function snapshot(series: KeptSeries, families: FamilyStore): StoredSeries {
  const { labels, samples, histograms, exemplars } = series;
  const metadata = series.metadata ?? familyMetadata(labels["__name__"] ?? "", families);
  return {
    labels,
    ...(metadata === undefined ? {} : { metadata }),
    samples: [...samples],
    histograms: [...histograms],
    exemplars: [...exemplars],
  };
}

function familyMetadata(name: string, families: FamilyStore): SeriesMetadata | undefined {
  const family = families.find(name);
  return family && { type: family.type, help: family.help, unit: family.unit };
}
