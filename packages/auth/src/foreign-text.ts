import { escapeText } from "./escape-text.js";
import { redactText } from "./redact-text.js";

/** Text that others wrote, as it may stand in a message of ours: as it came (W1.17), but safe and without secrets. */
export function foreignText(text: string, secrets: Iterable<string>): string {
  return escapeText(redactText(text, secrets));
}
