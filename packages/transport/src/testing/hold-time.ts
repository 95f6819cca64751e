import { onTestFinished, vi } from "vitest";

/**
 * Lets no time pass for timers that begin from now on, until the test ends, but what it is told: a timeout comes when
 * the request is where the test wants it, on a slow machine too, and nobody waits for it.
 */
export function holdTime(): (millis: number) => void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  return (millis) => void vi.advanceTimersByTime(millis);
}
