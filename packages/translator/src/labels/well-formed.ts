/** The text with each lone surrogate replaced by U+FFFD, since strings on the wire are UTF-8 (W2.31). */
export function wellFormed(text: string): string {
  for (let i = 0; i < text.length; i++) {
    // Only a text with surrogates is worth the search for lone ones.
    if ((text.charCodeAt(i) & 0xf800) === 0xd800) return text.replace(/\p{Surrogate}/gu, "\uFFFD");
  }
  return text;
}
