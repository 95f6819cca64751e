/**
 * @typedef {Record<string, string>} Labels
 *
 * @typedef {object} QueriedHistogram a native histogram
 * @property {number} count
 * @property {number} sum
 * @property {{ lower: number, upper: number, count: number }[]} buckets
 *
 * @typedef {object} QueriedPoint
 * @property {number} timestamp milliseconds
 * @property {number | undefined} value
 * @property {QueriedHistogram | undefined} histogram
 *
 * @typedef {{ labels: Labels, point: QueriedPoint }} QueriedSeries
 * @typedef {{ labels: Labels, points: QueriedPoint[] }} StoredSeries
 *
 * @typedef {object} QueryApi the HTTP API that Prometheus and VictoriaMetrics share
 * @property {(promql: string, timeMillis?: number) => Promise<QueriedSeries[]>} query at one time, by default now
 * @property {(selector: string, window?: string) => Promise<StoredSeries[]>} samples every sample stored within the
 *   window, by default the last hour, as it was written
 * @property {(match: string) => Promise<Labels[]>} series
 * @property {(promql: string) => Promise<{ seriesLabels: Labels, exemplars: { labels: Labels, value: string, timestamp: number }[] }[]>} exemplars
 * @property {() => Promise<Record<string, { type: string, help: string, unit?: string }[]>>} metadata by family
 */

const hour = 3_600_000;

/**
 * @param {string} url of the server
 * @param {object} [options]
 * @param {() => Promise<unknown>} [options.beforeQuery] makes what was written visible
 * @param {(url: string) => Promise<Response>} [options.get] asks, where that needs credentials or certificates
 * @returns {QueryApi}
 */
export function createQueryApi(url, { beforeQuery, get: ask = askPlainly } = {}) {
  /** @type {(path: string, parameters?: Record<string, string>) => Promise<any>} */
  async function get(path, parameters = {}) {
    await beforeQuery?.();
    const response = await ask(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const body = await response.text();
    if (!response.ok)
      throw new Error(`${path} ${JSON.stringify(parameters)} was answered ${response.status}: ${body}`);
    return JSON.parse(body).data;
  }

  /** @type {(promql: string, timeMillis?: number) => Promise<any[]>} */
  async function queryRaw(promql, timeMillis = Date.now()) {
    // Without a time VictoriaMetrics takes the last full second, and does not see what was written since.
    return (await get("query", { query: promql, time: String(timeMillis / 1000) })).result;
  }

  return {
    query: async (promql, timeMillis) => {
      const result = await queryRaw(promql, timeMillis);
      return result.map(({ metric, value, histogram }) => ({
        labels: metric,
        point: parsePoint(value, histogram),
      }));
    },
    samples: async (selector, window = "1h") => {
      const result = await queryRaw(`${selector}[${window}]`);
      return result.map(({ metric, values = [], histograms = [] }) => ({
        labels: metric,
        points: [
          ...values.map((/** @type {any} */ value) => parsePoint(value, undefined)),
          ...histograms.map((/** @type {any} */ histogram) => parsePoint(undefined, histogram)),
        ].toSorted((a, b) => a.timestamp - b.timestamp),
      }));
    },
    series: (match) => get("series", { "match[]": match, ...dayAround() }),
    exemplars: async (promql) => (await get("query_exemplars", { query: promql, ...dayAround() })) ?? [],
    metadata: () => get("metadata"),
  };
}

/** @type {(url: string) => Promise<Response>} */
function askPlainly(url) {
  return fetch(url, { signal: AbortSignal.timeout(30_000) });
}

/** @type {() => { start: string, end: string }} */
function dayAround() {
  const now = Date.now();
  return { start: String((now - 12 * hour) / 1000), end: String((now + 12 * hour) / 1000) };
}

/** @type {(value: [number, string] | undefined, histogram: [number, any] | undefined) => QueriedPoint} */
function parsePoint(value, histogram) {
  return {
    timestamp: Math.round((value ?? histogram ?? [NaN])[0] * 1000),
    value: value === undefined ? undefined : parseNumber(value[1]),
    histogram: histogram === undefined ? undefined : parseHistogram(histogram[1]),
  };
}

/** @type {(histogram: { count: string, sum: string, buckets?: [number, string, string, string][] }) => QueriedHistogram} */
function parseHistogram({ count, sum, buckets = [] }) {
  return {
    count: parseNumber(count),
    sum: parseNumber(sum),
    buckets: buckets.map(([, lower, upper, inBucket]) => ({
      lower: parseNumber(lower),
      upper: parseNumber(upper),
      count: parseNumber(inBucket),
    })),
  };
}

/** @type {(text: string) => number} */
function parseNumber(text) {
  return Number(text.replace(/Inf$/, "Infinity"));
}
