import { failOfOption } from "../entry/fail-of-option.js";
import type { Section } from "../source/section.js";

/** Says of a key what a plugin says of its options. */
export function orFail<Value>(section: Section, fallback: string, create: () => Value): Value | undefined {
  try {
    return create();
  } catch (error) {
    failOfOption(section, error, fallback);
    return undefined;
  }
}
