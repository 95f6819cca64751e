import type { AttributesInput } from "../input/metrics-input.js";
import { collectLabels, type LabelProblems } from "../labels/label-collector.js";
import { hashLabels, toLabelSet, type HashedLabels } from "../labels/label-set.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import { isIdentifying } from "./identity.js";
import type { ResourceLabels } from "./resource-labels.js";

/** How long Prometheus shows a last value. */
export const lookbackMillis = 300_000;
/** Between two samples of `target_info`, where one export spans more time. */
const interval = lookbackMillis / 2;
/** Limits what an absurd span of time can make of it. */
const maxSamples = 1000;

/**
 * The labels of a resource's `target_info` (T24) besides `__name__`, or undefined where it would say nothing: without `job` and
 * `instance`, or without any attribute besides those that identify.
 */
export function targetInfoLabels(
  attributes: AttributesInput,
  resource: ResourceLabels,
  options: ResolvedOptions,
  problems: LabelProblems,
): HashedLabels | undefined {
  const { describesTarget } = options;
  const keys = Object.keys(attributes);
  if (describesTarget === undefined || keys.every(isIdentifying)) return undefined;
  const described = Object.fromEntries(keys.filter(describesTarget).map((key) => [key, attributes[key]]));
  const labels = collectLabels(described, options.labelName, problems);
  if (![...labels].some(([name, value]) => value !== "" && !resource.identity.has(name))) return undefined;
  for (const [name, value] of resource.identity) labels.set(name, value);
  for (const [name, value] of options.externalLabels) if (!labels.get(name)) labels.set(name, value);
  if (!labels.get("job") && !labels.get("instance")) return undefined;
  const set = toLabelSet(labels);
  return { labels: set, hash: hashLabels(set) };
}

/** The times at which `target_info` is sent for points from the earliest to the latest time. */
export function targetInfoTimes(earliest: number, latest: number): number[] {
  const step = Math.max(interval, Math.ceil((latest - earliest) / (maxSamples - 1)));
  const times: number[] = [];
  for (let time = earliest; time < latest; time += step) times.push(time);
  times.push(latest);
  return times;
}
