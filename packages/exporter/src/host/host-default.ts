/** Where there is no host name, as in a browser: a random id, one for each page or isolate. */
export function hostInstance(): string {
  return crypto.randomUUID();
}
