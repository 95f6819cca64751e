import type { StoredSeries } from "../../scripts/servers/query-api.mjs";

export type Labels = Readonly<Record<string, string>>;

/** A series as text, so that two are the same exactly when their texts are: `name{label="value"}` in one order. */
function seriesText({ __name__: name = "", ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.toSorted((a, b) => (a < b ? -1 : 1)).join(", ")}}`;
}

/**
 * What a backend must hold, computed from what was recorded and by nothing of the exporter's. It counts as cumulative
 * metrics do, and classic histograms as Prometheus defines them.
 */
export type ExpectedSeries = {
  add(labels: Labels, amount: number): void;
  set(labels: Labels, value: number): void;
  /** One measurement of a histogram with these bounds, without +Inf; `labels` with the histogram's name. */
  observe(labels: Labels, bounds: readonly number[], value: number): void;
  /** Remembers the values of now as those of one push. */
  push(): void;
  /** Every series with its value in each push since it first appeared. */
  history(): Record<string, number[]>;
};

/** @param common labels of every series */
export function createExpectedSeries(common: Labels): ExpectedSeries {
  const current = new Map<string, number>();
  const pushed = new Map<string, number[]>();

  function add(labels: Labels, amount: number): void {
    const text = seriesText({ ...common, ...labels });
    current.set(text, (current.get(text) ?? 0) + amount);
  }

  return {
    add,
    set(labels, value) {
      current.set(seriesText({ ...common, ...labels }), value);
    },
    observe(labels, bounds, value) {
      const name = labels["__name__"] ?? "";
      add({ ...labels, __name__: `${name}_count` }, 1);
      add({ ...labels, __name__: `${name}_sum` }, value);
      for (const bound of bounds) {
        add({ ...labels, __name__: `${name}_bucket`, le: String(bound) }, value <= bound ? 1 : 0);
      }
      add({ ...labels, __name__: `${name}_bucket`, le: "+Inf" }, 1);
    },
    push() {
      for (const [text, value] of current) pushed.set(text, [...(pushed.get(text) ?? []), value]);
    },
    history: () => Object.fromEntries(pushed),
  };
}

/** What a backend holds, in the form of `ExpectedSeries.history()`. */
export function storedHistory(stored: readonly StoredSeries[]): Record<string, (number | undefined)[]> {
  return Object.fromEntries(
    stored.map(({ labels, points }) => [seriesText(labels), points.map(({ value }) => value)]),
  );
}
