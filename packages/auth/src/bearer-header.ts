import { findControlCharacter } from "./check-text.js";

/**
 * The header for a token, which must already be trimmed.
 *
 * @param subject what the token comes from, first in messages: `bearerAuth: token`
 * @throws TypeError when the token cannot be sent
 */
export function createBearerHeader(token: string, subject: string): string {
  if (/^bearer\s/i.test(token)) {
    throw new TypeError(`${subject} begins with "Bearer", which is added anyway; take it out`);
  }
  const character = findControlCharacter(token);
  if (character !== undefined) throw new TypeError(`${subject} contains ${character}`);
  // RFC 6750 allows ASCII only; other characters would arrive in an encoding that the receiver has to guess.
  if (/[^ -~]/.test(token)) throw new TypeError(`${subject} contains a character beyond ASCII`);
  return `Bearer ${token}`;
}
