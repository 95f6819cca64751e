/** An independent decoder of snappy's block format, for tests. Throws on anything that is not whole and exact. */
export function snappyDecode(bytes: Uint8Array): Uint8Array {
  let at = 0;
  const byte = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw new Error("the input ends early");
    return value;
  };
  const littleEndian = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++) value += byte() * 2 ** (8 * i);
    return value;
  };

  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const part = byte();
    length += (part & 0x7f) * 2 ** shift;
    if (part < 0x80) break;
  }

  const output = new Uint8Array(length);
  let written = 0;
  while (at < bytes.length) {
    const tag = byte();
    if ((tag & 3) === 0) {
      const size = tag >> 2;
      const count = 1 + (size < 60 ? size : littleEndian(size - 59));
      if (at + count > bytes.length) throw new Error("a literal ends early");
      output.set(bytes.subarray(at, at + count), written);
      at += count;
      written += count;
      continue;
    }
    const count = (tag & 3) === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const offset = (tag & 3) === 1 ? ((tag >> 5) << 8) + byte() : littleEndian((tag & 3) === 2 ? 2 : 4);
    if (offset === 0 || offset > written) throw new Error("a copy reaches before the beginning");
    if (written + count > length) throw new Error("there is more than was announced");
    // Byte by byte: a copy may overlap what it writes.
    for (let i = 0; i < count; i++, written++) output[written] = output[written - offset] ?? 0;
  }
  if (written !== length) throw new Error("there is less than was announced");
  return output;
}
