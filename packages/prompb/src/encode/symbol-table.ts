import type { Label } from "../model/index.js";

/** The strings of one 2.0 request: without repeats, the first one empty (W2.29). */
export interface SymbolTable {
  readonly symbols: readonly string[];
  /** The index of a string, which is added where it is new. */
  reference(text: string): number;
  /** Pairs of references, as `labels_refs` has them. */
  references(labels: readonly Label[]): number[];
}

export function createSymbolTable(): SymbolTable {
  const symbols: string[] = [""];
  const indexes = new Map<string, number>([["", 0]]);
  function reference(text: string): number {
    // Strings that differ only in their lone surrogates are the same bytes.
    const symbol = text.toWellFormed();
    let index = indexes.get(symbol);
    if (index === undefined) {
      index = symbols.length;
      symbols.push(symbol);
      indexes.set(symbol, index);
    }
    return index;
  }
  return {
    symbols,
    reference,
    references: (labels) => labels.flatMap((label) => [reference(label.name), reference(label.value)]),
  };
}
