import type { Clock } from "../input/clock.js";
import type { Families } from "../intern/families.js";
import { live } from "../intern/instrument.js";
import type { ResourceState } from "../intern/scope-state.js";
import { newLabel } from "../labels/label-interner.js";
import { tellAgain } from "../report.js";
import type { Writing } from "../points/writing.js";
import { lookbackMillis, targetInfoTimes } from "../resource/target-info.js";

const metadata = { type: "gauge", help: "Target metadata", unit: "", familyName: "target_info" } as const;

const name = newLabel("__name__", "target_info");

/**
 * Writes the resource's `target_info`, if it has one and something of it was sent (T24, TR11). It is sent once for each
 * `job`, `instance` and time, also where a collection comes in parts; the same input once more is sent once more. It does not
 * go back to older points of some producer, which receivers would refuse; only with a clock that was stepped back.
 */
export function writeTargetInfo<Owned>(
  writing: Pick<Writing<Owned>, "emitter" | "report" | "table" | "round">,
  families: Families,
  resource: ResourceState<Owned>,
  input: object,
  { earliest, latest }: Clock,
): void {
  const { emitter, report, table, round } = writing;
  const { target, targetInfo } = resource;
  if (targetInfo === undefined || emitter.emitted === 0) return;
  tellAgain(report, resource.warnings);
  target.round = round;
  target.producer.collections.begin(round, latest);
  const family = families.claim(target, metadata, round);
  if (family === undefined) {
    report.drop("target_info", "type_conflict", "a metric named target_info has another type already");
    return;
  }
  if (latest === target.timestamp && !target.inputs.has(input)) {
    if (target.resource !== resource) {
      const detail = "two resources have the same job and instance: the target_info of the first one is sent";
      report.warn("target_info_conflict", "target_info", detail);
    }
    return;
  }
  if (latest < target.timestamp && latest > target.timestamp - lookbackMillis) return;
  const since = latest > target.timestamp ? target.timestamp : 0;
  if (latest !== target.timestamp) target.inputs = new WeakSet();
  target.inputs.add(input);
  target.timestamp = latest;
  target.resource = resource;
  emitter.by(target);
  resource.targetInfoSeries =
    live(resource.targetInfoSeries) ?? table.intern(targetInfo, name, undefined, family.metadata, target);
  for (const time of targetInfoTimes(earliest, latest)) {
    if (time >= since) emitter.sample(resource.targetInfoSeries, 1, time, 0);
  }
  emitter.takeRefused();
}
