import type { Section } from "../source/section.js";

/** Which of two keys is given, a value and a file with it; undefined, and said, where it is neither or both. */
export function onlyOne<Key extends string>(section: Section, key: Key, fileKey: Key): Key | undefined {
  const [given, other] = [key, fileKey].filter((each) => section.has(each));
  if (given === undefined) section.fail(key, `is missing; give ${key} or ${fileKey}`);
  if (other !== undefined) section.fail(fileKey, `is given beside ${key}; keep one of them`);
  return other === undefined ? given : undefined;
}
