/**
 * Notes the longest time between two turns of the event loop, in which no timer and no socket of the application would
 * have been served. Begins with the call: what is then done before the first turn counts.
 */
export function watchEventLoop() {
  let longest = 0;
  let last = performance.now();
  /** @type {(() => void) | undefined} */
  let onEnd;

  function turn() {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (onEnd === undefined) setImmediate(turn);
    else onEnd();
  }
  setImmediate(turn);

  return {
    /** @returns {Promise<number>} milliseconds */
    end: () =>
      new Promise((resolve) => {
        onEnd = () => resolve(longest);
      }),
  };
}
