import type { Received } from "../backends/backend.js";

/** One line that says how far the demo is. `received` is undefined when the backend did not say. */
export function progressLine(second: number, requests: number, received: Received | undefined): string {
  return [
    `${count(second, 3)} s`,
    `${count(requests, 5)} requests made`,
    `${count(received?.pushes, 3)} pushes acknowledged`,
    `${count(received?.samples, 6)} samples stored`,
  ].join("  ");
}

function count(value: number | undefined, width: number): string {
  return (value?.toLocaleString("en-US") ?? "?").padStart(width);
}
