const loneSurrogates = /\p{Surrogate}/gu;

/** The text with each lone surrogate replaced by U+FFFD, since strings on the wire are UTF-8 (W2.31). */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogates, "\uFFFD");
}
