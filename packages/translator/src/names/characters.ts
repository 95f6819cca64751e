/** Whether a code unit is one of `A-Z`, `a-z`, `0-9`. */
export function isAsciiAlphanumeric(unit: number): boolean {
  return isAsciiDigit(unit) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}

/** Whether a code unit is one of `0-9`. NaN, which `charCodeAt` gives outside the string, is none. */
export function isAsciiDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

export const colon = 0x3a;
export const underscore = 0x5f;

/** Whether a text consists of underscores only. The empty text does. */
export function isUnderscoresOnly(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) !== underscore) return false;
  }
  return true;
}

/**
 * The runs of those code units that `belongs` accepts. Every other character separates, an astral one too: its two
 * code units are never accepted (TR4).
 */
export function splitIntoRuns(text: string, belongs: (unit: number) => boolean): string[] {
  const runs: string[] = [];
  let start = -1;
  for (let i = 0; i < text.length; i++) {
    if (belongs(text.charCodeAt(i))) {
      if (start === -1) start = i;
    } else if (start !== -1) {
      runs.push(text.slice(start, i));
      start = -1;
    }
  }
  if (start !== -1) runs.push(text.slice(start));
  return runs;
}
