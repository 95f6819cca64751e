import { describeKind } from "@otel-remote-write/auth";

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// oxlint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u001f\u007f]/;
// oxlint-disable-next-line no-control-regex
const beyondLatin1 = /[^\u0000-\u00ff]/;

/** Whether the text may be the name of a header, or a content coding (RFC 9110, 5.6.2). */
export function isToken(text: string): boolean {
  return token.test(text);
}

/** What is wrong with a header's value, or undefined. The answer does not repeat the value, which may be a secret. */
export function headerValueFault(value: unknown): string | undefined {
  if (typeof value !== "string") return `must be a string, got ${describeKind(value)}`;
  if (controlCharacter.test(value)) {
    return "contains a control character, perhaps a line break at the end of a file or variable; trim it";
  }
  if (beyondLatin1.test(value)) return "contains a character that HTTP headers cannot carry; encode it";
  return undefined;
}
