import { metricTypeNumbers } from "../encode/metric-type-numbers.js";
import type { Label, Metadata, MetricType } from "../model/index.js";
import { malformed } from "./byte-reader.js";
import type { MetadataFields } from "./read-time-series.js";

/** Makes texts of references, and the same object of what is the same. */
export interface Symbols {
  labels(references: readonly number[]): Label[];
  metadata(fields: MetadataFields, labels: readonly Label[], isNative: boolean): Metadata;
}

const metricTypes = new Map(
  Object.entries(metricTypeNumbers).map(([type, number]) => [number, type as MetricType]),
);

export function createSymbols(symbols: readonly string[]): Symbols {
  const families = new Map<string, Metadata>();

  function text(reference: number): string {
    const symbol = symbols[reference];
    if (symbol === undefined) throw malformed("a reference has no symbol");
    return symbol;
  }

  return {
    labels(references) {
      if (references.length % 2 !== 0) throw malformed("a label has a name and no value");
      const labels: Label[] = [];
      for (let i = 0; i < references.length; i += 2) {
        labels.push({ name: text(references[i] as number), value: text(references[i + 1] as number) });
      }
      return labels;
    },
    metadata({ type: typeNumber, helpRef, unitRef }, labels, isNative) {
      const type = metricTypes.get(typeNumber) ?? "unknown";
      const name = labels.find((label) => label.name === "__name__")?.value ?? "";
      const familyName = isNative ? name : familyNameOf(name, type);
      const key = `${typeNumber} ${helpRef} ${unitRef} ${familyName}`;
      const known = families.get(key);
      if (known !== undefined) return known;
      const metadata = { type, help: text(helpRef), unit: text(unitRef), familyName };
      families.set(key, metadata);
      return metadata;
    },
  };
}

/** 2.0 does not send it: the name without what classic histograms and summaries add. */
function familyNameOf(name: string, type: MetricType): string {
  if (type === "histogram" || type === "gaugehistogram") return name.replace(/_(?:bucket|sum|count)$/, "");
  return type === "summary" ? name.replace(/_(?:sum|count)$/, "") : name;
}
