import { readFileSync } from "node:fs";
import type { TranslationStrategy } from "../names/translation-strategy.js";

/**
 * Input and output facts, gathered from reference tests and specifications. `decided` is what is wanted here where that
 * differs from the source's `expected`.
 */
export const vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8")) as Vectors;

interface Row {
  readonly id: string;
  readonly desc?: string;
}

interface Vectors {
  readonly metric_names: readonly (Row & {
    readonly strategy: TranslationStrategy;
    readonly namespace: string;
    readonly name: string;
    readonly unit: string;
    readonly type: string;
    readonly expected?: string;
    readonly decided?: string;
    /** What the reference gives today, where `expected` is of an older one. */
    readonly current_otlptranslator?: string;
    readonly error?: string;
  })[];
  readonly unit_names: readonly (Row & {
    readonly unit: string;
    readonly utf8: boolean;
    readonly expected: string;
  })[];
  readonly label_names: readonly (Row & {
    readonly label: string;
    readonly options: {
      readonly utf8: boolean;
      readonly underscoreLabelSanitization: boolean;
      readonly preserveMultipleUnderscores: boolean;
    };
    readonly expected?: string;
    readonly error?: string;
  })[];
  readonly exponential_bucket_layouts: readonly (Row & {
    readonly offset: number;
    readonly bucketCounts: readonly number[];
    readonly scaleDown: number;
    readonly sparse: Readonly<Record<string, number>>;
  })[];
  readonly nhcb_bucket_layouts: readonly (Row & {
    readonly bucketCounts: readonly number[];
    readonly spans: readonly [number, number][];
    readonly deltas: readonly number[];
  })[];
  readonly exponential_histograms: readonly (Row & {
    readonly input: {
      readonly count: number;
      readonly sum?: number;
      readonly scale: number;
      readonly zeroCount?: number;
      readonly positive?: { readonly offset: number; readonly bucketCounts: readonly number[] };
      readonly negative?: { readonly offset: number; readonly bucketCounts: readonly number[] };
      readonly temporality?: string;
      readonly noRecordedValue?: boolean;
    };
    readonly expected: Readonly<Record<string, unknown>> & {
      readonly positiveSpans?: readonly [number, number][];
      readonly negativeSpans?: readonly [number, number][];
    };
    readonly decided?: string | Readonly<Record<string, unknown>>;
  })[];
  readonly explicit_histograms: readonly (Row & {
    readonly input: {
      readonly count: number;
      readonly sum?: number;
      readonly bucketCounts: readonly number[];
      readonly bounds: readonly number[];
      readonly temporality?: string;
    };
    readonly expected: {
      readonly series?: readonly [string, string | null, number][];
      readonly schema?: number;
      readonly count?: number;
      readonly sum?: number;
      readonly spans?: readonly [number, number][];
      readonly deltas?: readonly number[];
      readonly customValues?: readonly number[];
    };
    readonly decided?: { readonly count: number };
  })[];
  readonly labels: readonly (Row & {
    readonly input: {
      readonly metric?: string;
      readonly resource?: Readonly<Record<string, unknown>>;
      readonly attributes?: Readonly<Record<string, unknown>>;
      readonly scope?: {
        readonly name?: string;
        readonly version?: string;
        readonly schemaUrl?: string;
        readonly attributes?: Readonly<Record<string, unknown>>;
      };
      readonly scopeInfo?: boolean;
      readonly promote?: readonly string[];
      readonly promoteAll?: boolean;
      readonly ignoreAttrs?: readonly string[];
      readonly utf8?: boolean;
      readonly externalLabels?: Readonly<Record<string, string>>;
    };
    readonly expected: Readonly<Record<string, string>> & { readonly _warnings?: readonly string[] };
  })[];
  readonly timestamps: readonly (Row & {
    readonly nanos?: number;
    readonly hrTime?: readonly [number, number];
    readonly expectedMs: number;
  })[];
  readonly summaries: readonly (Row & {
    readonly input: {
      readonly count: number;
      readonly sum: number;
      readonly quantiles: readonly [number, number][];
    };
    readonly expected: readonly [string, string | null, number][];
  })[];
  readonly float_format: readonly (Row & { readonly value: number; readonly expected: string })[];
}
