/** As Go's `strings.ToLower`: each character for itself, and only to one character. */
export function toLowerCase(text: string): string {
  // Its lower case in JavaScript has a dot of its own.
  return mapCharacters(text, (character) => (character === "\u0130" ? "i" : character.toLowerCase()));
}

/** As Go's `strings.ToUpper`: `ß` stays. */
export function toUpperCase(text: string): string {
  return mapCharacters(text, (character) => character.toUpperCase());
}

function mapCharacters(text: string, map: (character: string) => string): string {
  let mapped = "";
  for (const character of text) {
    const other = map(character);
    mapped += isOne(other) ? other : character;
  }
  return mapped;
}

/** Whether it is one character, which may be two units of UTF-16. */
function isOne(text: string): boolean {
  return text.length === ((text.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
}
