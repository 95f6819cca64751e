/** Where a page cannot see `Retry-After` anyway, its rarer form is not worth the bytes. */
export function parseHttpDate(_text: string, _nowMillis: number): undefined {
  return undefined;
}
