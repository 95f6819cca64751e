/** What a thrown value says. Anything can be thrown. */
export function messageOf(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  const message = (thrown as { message?: unknown } | null | undefined)?.message;
  return typeof message === "string" ? message : "without saying why";
}
