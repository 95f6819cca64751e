/** What is wrong with a snappy block, or undefined when its elements add up to exactly `length` bytes. */
export function checkBlockElements(block: Uint8Array, start: number, length: number): string | undefined {
  let position = start;
  let produced = 0;
  while (position < block.length) {
    const element = readElement(block, position);
    if (element === undefined) return `it ends inside the element at byte ${position}`;
    if (element.copyOffset !== undefined && (element.copyOffset === 0 || element.copyOffset > produced)) {
      return `the copy at byte ${position} reaches back before the start`;
    }
    position = element.next;
    if (position > block.length) return "it ends inside a literal";
    produced += element.length;
    if (produced > length) return `it holds more than the ${length} bytes it announces`;
  }
  return produced === length ? undefined : `it announces ${length} bytes and holds ${produced}`;
}

interface Element {
  readonly length: number;
  /** Where the next element begins. */
  readonly next: number;
  /** Set for a copy, absent for a literal. */
  readonly copyOffset?: number;
}

function readElement(block: Uint8Array, position: number): Element | undefined {
  const tag = block[position] ?? 0;
  const next = position + 1;
  switch (tag & 3) {
    case 0: {
      const short = tag >>> 2;
      if (short < 60) return { length: short + 1, next: next + short + 1 };
      const size = short - 59;
      const value = readLittleEndian(block, next, size);
      return value === undefined ? undefined : { length: value + 1, next: next + size + value + 1 };
    }
    case 1: {
      const low = block[next];
      if (low === undefined) return undefined;
      return { length: ((tag >>> 2) & 7) + 4, next: next + 1, copyOffset: ((tag >>> 5) << 8) | low };
    }
    default: {
      const size = (tag & 3) === 2 ? 2 : 4;
      const copyOffset = readLittleEndian(block, next, size);
      return copyOffset === undefined
        ? undefined
        : { length: (tag >>> 2) + 1, next: next + size, copyOffset };
    }
  }
}

function readLittleEndian(block: Uint8Array, position: number, size: number): number | undefined {
  if (position + size > block.length) return undefined;
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + (block[position + i] ?? 0);
  return value;
}
