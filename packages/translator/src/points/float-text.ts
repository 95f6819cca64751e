/** How the bounds in `le` and the quantiles in `quantile` are written. */
export type FloatFormat = "shortest" | "openmetrics";

/** Writes a float as a label value. */
export type FloatText = (value: number) => string;

export function floatText(format: FloatFormat): FloatText {
  return format === "openmetrics" ? openMetricsFloat : shortestDecimal;
}

/** The shortest decimal that reads back as the same float, never with an exponent: `1`, `0.0000001`, `+Inf` (TR15). */
export function shortestDecimal(value: number): string {
  const special = specialFloat(value);
  if (special !== undefined) return special;
  const sign = isNegative(value) ? "-" : "";
  const [mantissa = "", exponent] = String(Math.abs(value)).split("e");
  if (exponent === undefined) return sign + mantissa;
  const digits = mantissa.replace(".", "");
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, "0");
}

/** The canonical float of OpenMetrics: `1.0`, `0.5`, `1e-07`, `1e+06`, `+Inf`. */
export function openMetricsFloat(value: number): string {
  const special = specialFloat(value);
  if (special !== undefined) return special;
  const sign = isNegative(value) ? "-" : "";
  const size = Math.abs(value);
  const [mantissa = "", exponentText = "0"] = size.toExponential().split("e");
  const exponent = Number(exponentText);
  if (size !== 0 && (exponent < -4 || exponent >= 6)) {
    const magnitude = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${mantissa}e${exponent < 0 ? "-" : "+"}${magnitude}`;
  }
  const text = shortestDecimal(size);
  return sign + (text.includes(".") ? text : `${text}.0`);
}

function specialFloat(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN";
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return undefined;
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}
