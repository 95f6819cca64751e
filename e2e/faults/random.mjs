/**
 * Random numbers that are the same again for the same seed (mulberry32).
 *
 * @param {number} seed
 * @returns {() => number} from 0 to below 1
 */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @template T
 * @param {readonly T[]} items
 * @param {() => number} random
 * @returns {T | undefined}
 */
export function pick(items, random) {
  return items[Math.floor(random() * items.length)];
}
