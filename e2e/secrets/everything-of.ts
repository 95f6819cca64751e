import { inspect } from "node:util";

/** Everything that somebody could log of a value: as text, as JSON, looked into, and all its causes likewise. */
export function everythingOf(value: unknown): string {
  const seen = new Set<unknown>();
  const texts: string[] = [];
  for (let each = value; each !== undefined && !seen.has(each);) {
    seen.add(each);
    texts.push(
      // oxlint-disable-next-line typescript/no-base-to-string -- it is what a careless log line has
      String(each),
      JSON.stringify(each) ?? "",
      inspect(each, {
        depth: 30,
        showHidden: true,
        getters: true,
        maxStringLength: null,
        maxArrayLength: null,
      }),
    );
    if (!(each instanceof Error)) break;
    const { name, message, stack, ...rest } = each;
    texts.push(
      name,
      message,
      stack ?? "",
      JSON.stringify(rest),
      JSON.stringify(each, Object.getOwnPropertyNames(each)),
    );
    each = each.cause;
  }
  return texts.join("\n");
}
