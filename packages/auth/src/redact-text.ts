/** Shorter ones are no secrets, and replacing them everywhere would spoil a message. */
const shortestSecret = 6;
const replacement = "[redacted]";

/**
 * Takes what we sent and is secret out of text that others wrote: an error's body that echoes the request, the message
 * of a failed `fetch`. A secret cut off at the end of the text goes too.
 */
export function redactText(text: string, secrets: Iterable<string>): string {
  // The longest first: one may contain another.
  const longestFirst = [...new Set(secrets)]
    .filter((secret) => secret.length >= shortestSecret)
    .toSorted((a, b) => b.length - a.length);
  let redacted = text;
  for (const secret of longestFirst) redacted = redacted.replaceAll(secret, replacement);
  for (const secret of longestFirst) redacted = withoutCutSecret(redacted, secret);
  return redacted;
}

function withoutCutSecret(text: string, secret: string): string {
  for (let length = Math.min(secret.length - 1, text.length); length >= shortestSecret; length--) {
    if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + replacement;
  }
  return text;
}
