import type { Label } from "@otel-remote-write/prompb";
import { compareBytes } from "@otel-remote-write/translator";

/** Whether names are those of Prometheus' usual kind; with other names only 2.0 can be sent. */
export type NameCheck = (name: string, isMetric: boolean) => boolean;

/**
 * Labels as they may be sent: sorted, each name once and valid, none empty (W1.10 to W1.15).
 *
 * @returns in words what is wrong, where they cannot be sent
 */
export function checkLabels(labels: readonly Label[], isName: NameCheck): readonly Label[] | string {
  const kept = labels.filter(({ value }) => value !== "").toSorted((a, b) => compareBytes(a.name, b.name));
  let metric = "";
  for (const [i, { name, value }] of kept.entries()) {
    if (name === kept[i - 1]?.name) return `the label ${name} is there twice`;
    if (!name.isWellFormed() || !value.isWellFormed()) return `the label ${name} is no well-formed text`;
    if (name === "__name__") metric = value;
    else if (!isName(name, false)) return `${JSON.stringify(name)} is no label name`;
  }
  if (metric === "") return "there is no __name__";
  return isName(metric, true) ? kept : `${JSON.stringify(metric)} is no metric name`;
}

export function isUsualName(name: string, isMetric: boolean): boolean {
  return (isMetric ? /^[A-Za-z_:][\w:]*$/ : /^[A-Za-z_]\w*$/).test(name);
}

export function isUtf8Name(name: string): boolean {
  return name !== "";
}
