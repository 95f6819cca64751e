/** A `fetch` without Node below it has no codes: its message is all there is. */
export function networkFaultText(_code: string, _error: object): undefined {
  return undefined;
}

/** Nor are there options for what a gateway may say about TLS. */
export function gatewayHint(_status: number, _answer: object): undefined {
  return undefined;
}
