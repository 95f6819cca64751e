/** A server that cannot be had on this machine, for a reason that is no fault of the code. */
export class NotAvailableError extends Error {
  /** @override */
  name = "NotAvailableError";
}
