/** Numbers that do not compress, the same in every run. */
export function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 0x9e3779b9;
  for (let i = 0; i < length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[i] = state;
  }
  return bytes;
}

export function repetitive(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i % 251);
}

/** What codecs are tried with. */
export const codecInputs: readonly (readonly [what: string, input: Uint8Array])[] = [
  ["empty", new Uint8Array()],
  ["one byte", Uint8Array.of(7)],
  ["incompressible", noise(10_000)],
  ["more than a block of 64 KiB, incompressible", noise(65_537)],
  ["more than a block of 64 KiB, repetitive", repetitive(200_000)],
  ["16 MiB", repetitive(16 * 1024 * 1024)],
  ["16 MiB, incompressible", noise(16 * 1024 * 1024)],
];
