import type { Section } from "../source/section.js";

/** Says of a key what a plugin says of its options: their messages hold no secrets. */
export function orFail<Value>(section: Section, key: string, create: () => Value): Value | undefined {
  try {
    return create();
  } catch (error) {
    section.fail(key, error instanceof Error ? error.message : "is no good");
    return undefined;
  }
}
