import type { Series } from "@otel-remote-write/prompb";

/** Series that a receiver refuses whatever they are sent with: kept out for an hour, so that they cost no others. */
export interface Quarantine {
  add(series: Iterable<Series>): void;
  /** Whether any series is kept out, now or in the time to come. */
  isEmpty(): boolean;
  readonly has: (series: Series) => boolean;
}

const quarantineMillis = 3_600_000;
/** Beyond this the first ones are let go, and found again. */
const maxSeries = 10_000;

/**
 * Series are known by their labels, since one that went away and came back is another object.
 *
 * @param monotonic milliseconds of a clock that is never set
 */
export function createQuarantine(monotonic: () => number): Quarantine {
  /** When each is let go, in that order. */
  const ends = new Map<string, number>();
  /** How many have this name: only for those the labels need be looked at. */
  const names = new Map<string, number>();

  function release(key: string): void {
    ends.delete(key);
    const name = key.slice(0, key.indexOf(separator));
    const left = (names.get(name) ?? 0) - 1;
    if (left > 0) names.set(name, left);
    else names.delete(name);
  }

  function releaseDue(): void {
    const now = monotonic();
    for (const [key, end] of ends) {
      if (end > now && ends.size <= maxSeries) return;
      release(key);
    }
  }

  return {
    add(series) {
      for (const each of series) {
        const key = keyOf(each);
        if (ends.has(key)) release(key);
        ends.set(key, monotonic() + quarantineMillis);
        const name = nameOf(each);
        names.set(name, (names.get(name) ?? 0) + 1);
      }
      releaseDue();
    },
    isEmpty() {
      releaseDue();
      return ends.size === 0;
    },
    has: (series) => names.has(nameOf(series)) && ends.has(keyOf(series)),
  };
}

/** Stands in no name of a metric; where it stands in a label, two series may look alike to no great harm. */
const separator = "\0";

function nameOf({ labels }: Series): string {
  return labels.find(({ name }) => name === "__name__")?.value ?? "";
}

/** The same for all series with the same labels. */
export function keyOf(series: Series): string {
  const parts = [nameOf(series)];
  for (const { name, value } of series.labels) parts.push(name, value);
  return parts.join(separator);
}
