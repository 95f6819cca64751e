import type { Label } from "@otel-remote-write/prompb";

const maxLength = 300;

/** A series in the notation of PromQL, shortened: `requests_total{job="api"}`. */
export function describeSeries(labels: readonly Label[]): string {
  const name = labels.find((label) => label.name === "__name__")?.value ?? "";
  const others = labels.filter((label) => label.name !== "__name__");
  const text = others.map((label) => `${label.name}=${JSON.stringify(label.value)}`).join(",");
  const whole = others.length === 0 && name !== "" ? name : `${name}{${text}}`;
  return whole.length > maxLength ? `${whole.slice(0, maxLength)}…` : whole;
}
