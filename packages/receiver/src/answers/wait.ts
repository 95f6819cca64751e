/** Waits so many milliseconds, or for the promise to settle; at most until the signal is aborted. */
export async function wait(until: number | Promise<unknown> | undefined, signal: AbortSignal): Promise<void> {
  if (until === undefined || signal.aborted) return;
  let timer: NodeJS.Timeout | undefined;
  let end: (() => void) | undefined;
  await new Promise<void>((resolve) => {
    end = (): void => resolve();
    signal.addEventListener("abort", end);
    if (typeof until === "number") timer = setTimeout(end, until);
    else until.then(end, end);
  });
  clearTimeout(timer);
  if (end !== undefined) signal.removeEventListener("abort", end);
}
