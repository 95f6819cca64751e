import { nearestKey } from "./nearest-key.js";
import { wrongOption } from "./wrong-option.js";

/** Longer keys are cut in messages: they are no option of anybody's. */
const maxShownLength = 64;

/**
 * Checks that options are an object without unknown keys, as an option that is misspelled and ignored is found late.
 *
 * @param options what the caller was given
 * @param knownKeys the keys it knows
 * @param owner who complains, first in the message: `basicAuth`
 * @param group the option that holds these options, when they are nested: `queue`
 * @throws TypeError `basicAuth: usrname is no option; did you mean username?`
 */
export function checkOptionKeys(
  options: unknown,
  knownKeys: readonly string[],
  owner: string,
  group?: string,
): void {
  // The entries of a Map are not its properties: it would look like options without any.
  if (typeof options !== "object" || options === null || Symbol.iterator in options) {
    throw wrongOption(options, group ?? "options", owner, "an object");
  }
  const path = group === undefined ? "" : `${group}.`;
  for (const key of Object.keys(options)) {
    if (knownKeys.includes(key)) continue;
    const nearest = nearestKey(key.slice(0, maxShownLength), knownKeys);
    const hint =
      nearest === undefined ? `known are ${knownKeys.join(", ")}` : `did you mean ${path}${nearest}?`;
    const shown = key.length > maxShownLength ? `${key.slice(0, maxShownLength)}…` : key;
    throw new TypeError(`${owner}: ${path}${shown} is no option; ${hint}`);
  }
}
