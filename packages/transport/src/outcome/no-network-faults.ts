/** A `fetch` without Node below it has no codes: its message is all there is. */
export function networkFaultText(_code: string, _error: object): undefined {
  return undefined;
}
