import type { Backend } from "./backend.js";
import { addUpMetric } from "./metrics-page.js";
import type { RunningServer } from "./server-module.js";

/** What differs between the real servers. */
export interface ServerSettings {
  readonly title: string;
  /** The page of its user interface, which not every build has. */
  readonly userInterface: string;
  readonly significantDigits?: number | undefined;
  /** Names of metrics about itself, as they begin on its `/metrics` page. */
  readonly pushesMetric: string;
  readonly samplesMetric: string;
}

/** Long enough for the last push, short enough for a demo that is watched for a day. */
const queryWindow = "2m";

export async function createServerBackend(server: RunningServer, settings: ServerSettings): Promise<Backend> {
  const { title, userInterface, significantDigits, pushesMetric, samplesMetric } = settings;
  const query = `${server.url}/api/v1/query?query=`;
  return {
    title,
    writeUrl: server.writeUrl,
    places: [
      ...((await exists(server.url + userInterface))
        ? [["its user interface", server.url + userInterface] as const]
        : []),
      ["requests per route", `${query}http_server_request_duration_seconds_count`],
      ["orders", `${query}shop_orders_total`],
    ],
    significantDigits,
    async received() {
      const response = await fetch(`${server.url}/metrics`, { signal: AbortSignal.timeout(1000) });
      const page = await response.text();
      return { pushes: addUpMetric(page, pushesMetric), samples: addUpMetric(page, samplesMetric) };
    },
    async series() {
      const stored = await server.samples('{__name__=~".+"}', queryWindow).catch((error: unknown) => {
        throw new Error(`${title} does not answer at ${server.url}: ${String(error)}`, { cause: error });
      });
      return stored.map(({ labels, points }) => {
        // NaN is a stale marker, since this shop records none; undefined is a native histogram.
        const last = points.findLast(({ value = Number.NaN }) => !Number.isNaN(value));
        return { labels, value: last?.value ?? Number.NaN };
      });
    },
    violations: () => undefined,
    stop: () => server.stop(),
  };
}

async function exists(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
