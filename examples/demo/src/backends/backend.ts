import type { Series } from "../recorded/series.js";

/** Where the metrics are pushed to. */
export interface Backend {
  readonly title: string;
  readonly writeUrl: string;
  /** Where to look while the demo runs: what there is, and its address. */
  readonly places: readonly (readonly [what: string, url: string])[];
  /** How many digits of a value it keeps. Undefined: all of them. */
  readonly significantDigits?: number | undefined;
  /** What it has received until now, by its own count. */
  received(): Promise<Received>;
  /** Everything that it stores, each series with its last value: NaN where it has none. */
  series(): Promise<Series[]>;
  /** MUST rules of the specification that requests broke; undefined when the backend does not check them. */
  violations(): Violations | undefined;
  /** Ends what was started. */
  stop(): Promise<void>;
}

export interface Received {
  /** Requests that it answered with a 2xx. */
  readonly pushes: number;
  readonly samples: number;
}

export interface Violations {
  readonly count: number;
  /** Those that are still known, as text. */
  readonly examples: readonly string[];
}

export const backendNames = ["embedded", "prometheus", "victoriametrics"] as const;
export type BackendName = (typeof backendNames)[number];
