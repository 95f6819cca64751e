/** JSON with the numbers that it lacks as strings: "NaN", "+Inf", "-Inf". */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, replaceNumber, 2)}\n`;
}

function replaceNumber(_key: string, value: unknown): unknown {
  if (typeof value !== "number" || Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}
