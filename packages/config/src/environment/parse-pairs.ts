/**
 * Reads `key=value,key=value` as OpenTelemetry has it for headers and resource attributes: white space around keys and
 * values does not count, and both may be percent-encoded.
 *
 * @returns undefined where it is nothing of the kind
 */
export function parsePairs(text: string): readonly (readonly [string, string])[] | undefined {
  const pairs: (readonly [string, string])[] = [];
  for (const part of text.split(",")) {
    if (part.trim() === "") continue;
    const equals = part.indexOf("=");
    const key = decode(part.slice(0, equals).trim());
    const value = decode(part.slice(equals + 1).trim());
    if (equals < 0 || key === undefined || key === "" || value === undefined) return undefined;
    pairs.push([key, value]);
  }
  return pairs;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
