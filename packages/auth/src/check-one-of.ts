/**
 * Checks that exactly one option of a group is given; one that is `undefined` is not.
 *
 * @param options what the caller was given
 * @param names the options of the group, the most usual one first
 * @param owner who complains, first in the message: `basicAuth`
 * @returns the name of the one that is given
 * @throws TypeError `basicAuth: password is missing; give password or passwordFile`, or
 * `basicAuth: password and passwordFile are both given; keep one of them`
 */
export function checkOneOf<Name extends string>(
  options: Readonly<Partial<Record<Name, unknown>>>,
  names: readonly [Name, ...Name[]],
  owner: string,
): Name {
  const given = names.filter((name) => options[name] !== undefined);
  const [only, other] = given;
  if (only === undefined) throw new TypeError(`${owner}: ${names[0]} is missing; give ${names.join(" or ")}`);
  if (other !== undefined) {
    const both = given.length === 2 ? "both" : "all";
    throw new TypeError(`${owner}: ${given.join(" and ")} are ${both} given; keep one of them`);
  }
  return only;
}
