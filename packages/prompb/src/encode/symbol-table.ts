import type { Label } from "../model/index.js";
import { type ByteWriter, createByteWriter, toUtf8, writeBytes } from "./byte-writer.js";
import { writeLengthTag } from "./field.js";

/** The strings of a 2.0 request: without repeats, the first one empty (W2.29). */
export interface SymbolTable {
  readonly symbols: readonly string[];
  /** The index of a string, which is added where it is new. */
  reference(text: string): number;
  /** Pairs of references, as `labels_refs` has them. */
  references(labels: readonly Label[]): number[];
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
  const encoded = createByteWriter();
  const starts: number[] = [];

  function add(symbol: string): number {
    const index = symbols.length;
    const utf8 = toUtf8(symbol);
    symbols.push(symbol);
    indexes.set(symbol, index);
    starts.push(encoded.length);
    writeLengthTag(encoded, symbolsField, utf8.length);
    writeBytes(encoded, utf8);
    return index;
  }

  function reference(text: string): number {
    // Strings that differ only in their lone surrogates are the same bytes.
    const symbol = text.isWellFormed() ? text : text.toWellFormed();
    return indexes.get(symbol) ?? add(symbol);
  }

  add("");
  return {
    symbols,
    reference,
    references(labels) {
      const references: number[] = [];
      for (const { name, value } of labels) references.push(reference(name), reference(value));
      return references;
    },
    truncate(size) {
      for (const symbol of symbols.splice(size)) indexes.delete(symbol);
      encoded.length = starts[size] ?? encoded.length;
      starts.length = Math.min(starts.length, size);
    },
    write(writer) {
      writeBytes(writer, encoded.bytes.subarray(0, encoded.length));
    },
  };
}
