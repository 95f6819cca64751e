/** @import { TimeSeries } from "@otel-remote-write/prompb" */
/** @import { StoredSeries as ReceivedSeries } from "@otel-remote-write/receiver" */
/** @import { StoredSeries as QueriedSeries } from "../../scripts/servers/query-api.mjs" */

/**
 * A series with its points, whoever gave them. Values are text, so that a sample and a native histogram compare alike.
 *
 * @typedef {{ labels: Readonly<Record<string, string>>, points: { timestamp: number, value: string }[] }} LedgerSeries
 *
 * @typedef {object} HandedOver what one export gave to the exporter
 * @property {() => void} confirm the exporter says that the receiver has acknowledged all of it
 *
 * @typedef {object} Account what the exporter and the receiver say
 * @property {readonly LedgerSeries[]} received
 * @property {number} dropped points that the exporter says it gave up
 * @property {number} unconfirmed points of which it says that it doesn't know
 * @property {((timestamp: number) => boolean) | undefined} [mayBeLost] points that the receiver may have lost although it
 *   acknowledged them: it was killed before it wrote them to its disk
 *
 * @typedef {object} Balance
 * @property {number} handedOver
 * @property {number} received of those
 * @property {number} lost handed over and not received
 * @property {string[]} problems everything that must not be; empty when the books balance
 */

const maxProblems = 20;

/**
 * Keeps the books over what was handed to an exporter and what arrived. They balance when
 * *handed over − dropped − unconfirmed ⊆ received ⊆ handed over*, point by point: series, timestamp and value.
 */
export function createLedger() {
  /** @type {Map<string, Map<number, { value: string, isConfirmed: boolean }>>} */
  const books = new Map();

  return {
    /** @type {(timeSeries: readonly TimeSeries[]) => HandedOver} */
    handOver(timeSeries) {
      /** @type {{ value: string, isConfirmed: boolean }[]} */
      const entries = [];
      for (const { labels, points } of timeSeries.map(ofTimeSeries)) {
        const key = keyOf(labels);
        const entered = books.get(key) ?? new Map();
        books.set(key, entered);
        for (const { timestamp, value } of points) {
          const entry = { value, isConfirmed: false };
          entered.set(timestamp, entry);
          entries.push(entry);
        }
      }
      return {
        confirm() {
          for (const entry of entries) entry.isConfirmed = true;
        },
      };
    },

    /** @type {(account: Account) => Balance} */
    balance({ received, dropped, unconfirmed, mayBeLost = () => false }) {
      /** @type {string[]} */
      const problems = [];
      let handedOver = 0;
      let arrived = 0;
      let lost = 0;
      let unexplained = 0;
      const receivedByKey = new Map(received.map(({ labels, points }) => [keyOf(labels), points]));

      for (const [key, entered] of books) {
        handedOver += entered.size;
        const there = new Set((receivedByKey.get(key) ?? []).map(({ timestamp }) => timestamp));
        for (const [timestamp, { isConfirmed }] of entered) {
          if (there.has(timestamp)) continue;
          lost++;
          if (mayBeLost(timestamp)) continue;
          unexplained++;
          if (isConfirmed) problems.push(`acknowledged, but not received: ${key} at ${timestamp}`);
        }
      }
      if (unexplained > dropped + unconfirmed) {
        problems.push(
          `${unexplained} points are lost, but ${dropped} dropped and ${unconfirmed} unconfirmed`,
        );
      }
      for (const [key, points] of receivedByKey) {
        const entered = books.get(key);
        let last = -Infinity;
        for (const { timestamp, value } of points) {
          const entry = entered?.get(timestamp);
          if (entry === undefined)
            problems.push(`received, but not handed over: ${key} at ${timestamp}: ${value}`);
          else if (entry.value === value) arrived++;
          else problems.push(`${key} at ${timestamp} is ${value}, but was handed over as ${entry.value}`);
          if (timestamp <= last) problems.push(`${key} at ${timestamp} stands after ${last}`);
          last = timestamp;
        }
      }
      return { handedOver, received: arrived, lost, problems: problems.slice(0, maxProblems) };
    },

    /** Forgets everything: what comes now is balanced by itself. */
    clear() {
      books.clear();
    },
  };
}

/** @typedef {ReturnType<typeof createLedger>} Ledger */

/** @type {(series: TimeSeries) => LedgerSeries} */
function ofTimeSeries({ labels, samples, histograms }) {
  return {
    labels: Object.fromEntries(labels.map(({ name, value }) => [name, value])),
    points: [...samples.map(ofSample), ...histograms.map(ofHistogram)],
  };
}

/**
 * What the embedded receiver holds. Stale markers are left out: nobody handed them over.
 *
 * @type {(series: readonly ReceivedSeries[]) => LedgerSeries[]}
 */
export function ofReceiver(series) {
  return series.map(({ labels, samples, histograms }) => ({
    labels,
    points: [
      ...samples.filter(({ stale }) => stale !== true).map(ofSample),
      ...histograms.filter(({ stale }) => stale !== true).map(ofHistogram),
    ],
  }));
}

/**
 * What a real server answers to a query. VictoriaMetrics shows stale markers, as NaN, which nobody hands over here.
 *
 * @type {(series: readonly QueriedSeries[]) => LedgerSeries[]}
 */
export function ofServer(series) {
  return series.map(({ labels, points }) => ({
    labels,
    points: points
      .filter(({ value, histogram }) => histogram !== undefined || !Number.isNaN(value))
      .map(({ timestamp, value, histogram }) =>
        histogram === undefined
          ? ofSample({ timestamp, value: value ?? NaN })
          : ofHistogram({ timestamp, ...histogram }),
      ),
  }));
}

/** @param {{ timestamp: number, value: number }} sample */
function ofSample({ timestamp, value }) {
  return { timestamp, value: String(value) };
}

/** @param {{ timestamp: number, count: number, sum: number }} histogram */
function ofHistogram({ timestamp, count, sum }) {
  return { timestamp, value: `${count} in ${sum}` };
}

/** @type {(labels: Readonly<Record<string, string>>) => string} */
function keyOf(labels) {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
