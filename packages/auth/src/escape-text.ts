/**
 * Makes control characters, line separators and marks that turn the direction of writing visible: text from the network
 * goes into logs, where it must not forge a line or paint the terminal. Everything else stays as it is (W1.17).
 */
export function escapeText(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    escapeCharacter,
  );
}

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return short[character] ?? (code < 256 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`);
}
