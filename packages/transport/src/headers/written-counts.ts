/**
 * What a receiver says it stored (W2.14, H10): shown and counted, not believed. A count is undefined where its header
 * is missing or is not a 64-bit integer; the reader of a 2.0 answer may take a missing one for 0 (W2.13), that of a
 * 1.0 answer must not. Counts beyond 2^53 lose their last digits.
 */
export interface WrittenCounts {
  readonly samples: number | undefined;
  readonly histograms: number | undefined;
  readonly exemplars: number | undefined;
}

const prefix = "x-prometheus-remote-write";
const largest = 2n ** 63n - 1n;

/**
 * Reads the three Written headers.
 *
 * @param header Gives a header by its name in lower case.
 * @returns Undefined where the answer has none of them.
 */
export function writtenCounts(header: (name: string) => string | undefined): WrittenCounts | undefined {
  const samples = header(`${prefix}-samples-written`);
  const histograms = header(`${prefix}-histograms-written`);
  const exemplars = header(`${prefix}-exemplars-written`);
  if (samples === undefined && histograms === undefined && exemplars === undefined) return undefined;
  return { samples: count(samples), histograms: count(histograms), exemplars: count(exemplars) };
}

function count(text: string | undefined): number | undefined {
  if (text === undefined || !/^[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text);
  return value > largest ? undefined : Number(value);
}
