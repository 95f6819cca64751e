import { wrongOption } from "./wrong-option.js";

/**
 * Checks that an option is a text that can be part of credentials: a string, not empty, without control characters.
 * Those are not allowed in a user name or password (RFC 7617, section 2), and a line break in a header would be the
 * start of another header.
 *
 * @param value the option's value; it appears in no message
 * @param name the option's name
 * @param owner who complains, first in the message: `basicAuth`
 * @returns the value
 * @throws TypeError `basicAuth: username is missing; give a non-empty string`, or
 * `basicAuth: username must be a non-empty string, got a number`
 */
export function checkText(value: unknown, name: string, owner: string): string {
  if (value === undefined) throw new TypeError(`${owner}: ${name} is missing; give a non-empty string`);
  if (typeof value !== "string" || value === "") {
    throw wrongOption(value, name, owner, "a non-empty string");
  }
  const character = findControlCharacter(value);
  if (character !== undefined) {
    throw new TypeError(`${owner}: ${name} contains ${character}; take it out`);
  }
  return value;
}

/** The first control character of a text in words, or `undefined`. */
export function findControlCharacter(text: string): string | undefined {
  // oxlint-disable-next-line no-control-regex -- finding them is the job
  const found = /[\u0000-\u001f\u007f-\u009f]/.exec(text)?.[0];
  if (found === undefined) return undefined;
  if (found === "\n" || found === "\r") return "a line break";
  return found === "\t" ? "a tab" : "a control character";
}
