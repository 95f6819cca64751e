import type { Label } from "../model/index.js";
import { type ByteWriter, createByteWriter, writeBytes } from "./byte-writer.js";
import { writeString } from "./field.js";

/** The strings of a 2.0 request: without repeats, the first one empty (W2.29). */
export interface SymbolTable {
  readonly symbols: readonly string[];
  /** The index of a string, which is added where it is new. */
  reference(text: string): number;
  /** Pairs of references, as `labels_refs` has them. They are right until the next call but one. */
  references(labels: readonly Label[]): readonly number[];
  /** Takes out what was added last, down to a size. */
  truncate(size: number): void;
  /** All of them, as the request's field. */
  write(writer: ByteWriter): void;
}

/** The number of the request's field. */
const symbolsField = 4;

export function createSymbolTable(): SymbolTable {
  const symbols: string[] = [];
  const indexes = new Map<string, number>();
  /** The symbols as they are written, and where each one begins. */
  const encoded = createByteWriter(1024);
  const starts: number[] = [];
  let lastLabels: readonly Label[] = [];
  let lastFound: number[] = [];
  let spare: number[] = [];

  function add(symbol: string): number {
    const index = symbols.length;
    symbols.push(symbol);
    indexes.set(symbol, index);
    starts.push(encoded.length);
    writeString(encoded, symbolsField, symbol);
    return index;
  }

  function reference(text: string): number {
    const known = indexes.get(text);
    if (known !== undefined) return known;
    // Strings that differ only in their lone surrogates are the same bytes.
    const symbol = text.toWellFormed();
    return indexes.get(symbol) ?? add(symbol);
  }

  /** Series that follow each other mostly have the same names, and many of the values, in the same places. */
  function references(labels: readonly Label[]): readonly number[] {
    const found = spare;
    found.length = 2 * labels.length;
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i] as Label;
      const last = lastLabels[i];
      const isLast = label === last;
      const { name, value } = label;
      found[2 * i] = isLast || last?.name === name ? (lastFound[2 * i] as number) : reference(name);
      found[2 * i + 1] =
        isLast || last?.value === value ? (lastFound[2 * i + 1] as number) : reference(value);
    }
    lastLabels = labels;
    spare = lastFound;
    lastFound = found;
    return found;
  }

  add("");
  return {
    symbols,
    reference,
    references,
    truncate(size) {
      lastLabels = [];
      for (const symbol of symbols.splice(size)) indexes.delete(symbol);
      encoded.length = starts[size] ?? encoded.length;
      starts.length = Math.min(starts.length, size);
    },
    write(writer) {
      writeBytes(writer, encoded.bytes.subarray(0, encoded.length));
    },
  };
}
