/** What a thrown value says. Anything can be thrown, also what cannot be turned into text. */
export function thrownText(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return "something without words";
  }
}
