import type { RemoteWriteMetricExporterOptions } from "@otel-remote-write/exporter";

type Options = Partial<RemoteWriteMetricExporterOptions>;
type Undefinable<Type> = { readonly [Key in keyof Type]?: Type[Key] | undefined };

/** Groups of options, which are merged member by member. */
const groups = ["headers", "tls", "queue", "metadata", "translator"] as const;

/** Options as one: what `over` gives counts. */
export function mergeOptions(over: Undefinable<Options>, under: Options): Options {
  const merged: Record<string, unknown> = { ...under, ...onlyGiven(over) };
  for (const group of groups) {
    const [above, below] = [over[group], under[group]];
    if (isObject(above) && isObject(below)) {
      const rest = group === "headers" ? withoutNames(below, Object.keys(above)) : below;
      merged[group] = { ...rest, ...onlyGiven(above) };
    }
  }
  return merged;
}

function onlyGiven(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Names of headers are the same in any case of their letters. */
function withoutNames(headers: object, names: readonly string[]): object {
  const lower = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !lower.has(name.toLowerCase())));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
