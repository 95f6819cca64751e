const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const fraction = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 5 });

/** A number as people read it, with at most five digits where it is not whole. */
export function roundedText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return (Number.isInteger(value) || Math.abs(value) >= 1e5 ? whole : fraction).format(value);
}

/** Two numbers as people read them; with all digits where they differ. Undefined: there is none. */
export function pairText(
  recorded: number | undefined,
  arrived: number | undefined,
  same: boolean,
): readonly [recorded: string, arrived: string] {
  const text = same ? roundedText : String;
  return [
    recorded === undefined ? "never" : text(recorded),
    arrived === undefined ? "missing" : text(arrived),
  ];
}
