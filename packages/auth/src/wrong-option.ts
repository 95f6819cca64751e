import { describeKind } from "./describe-kind.js";

/**
 * An error about an option, as every package words it: who complains, the option's full path, what it must be, and the
 * kind of what was given.
 *
 * @param option as the user wrote it: `queue.maxSamples`
 * @param wanted what it must be, and what a good value looks like
 * @param value appears in no message: it may be a secret that went astray
 * @param owner who complains: `basicAuth`
 * @param kind the kind of the value in words, or a number where one is wanted: that is no secret
 * @returns `basicAuth: getToken must be a function, got a string`
 */
export function wrongOption(
  value: unknown,
  option: string,
  owner: string,
  wanted: string,
  kind: string = describeKind(value),
): TypeError {
  return new TypeError(`${owner}: ${option} must be ${wanted}, got ${kind}`);
}
