import { colon, isAsciiAlphanumeric, splitIntoRuns } from "./characters.js";

/** UCUM units and the words that Prometheus' own OTLP endpoint has for them, with the specification's `kBy` (4.1). */
const unitWords: ReadonlyMap<string, string> = new Map([
  ["d", "days"],
  ["h", "hours"],
  ["min", "minutes"],
  ["s", "seconds"],
  ["ms", "milliseconds"],
  ["us", "microseconds"],
  ["ns", "nanoseconds"],
  ["By", "bytes"],
  ["KiBy", "kibibytes"],
  ["MiBy", "mebibytes"],
  ["GiBy", "gibibytes"],
  ["TiBy", "tibibytes"],
  ["KBy", "kilobytes"],
  ["kBy", "kilobytes"],
  ["MBy", "megabytes"],
  ["GBy", "gigabytes"],
  ["TBy", "terabytes"],
  ["m", "meters"],
  ["V", "volts"],
  ["A", "amperes"],
  ["J", "joules"],
  ["W", "watts"],
  ["g", "grams"],
  ["Cel", "celsius"],
  ["Hz", "hertz"],
  ["1", ""],
  ["%", "percent"],
]);

/** What stands after the slash of a rate, in the singular (T4). */
const rateWords: ReadonlyMap<string, string> = new Map([
  ["s", "second"],
  ["m", "minute"],
  ["h", "hour"],
  ["d", "day"],
  ["w", "week"],
  ["mo", "month"],
  ["y", "year"],
]);

/** A unit in words: what is measured (`bytes`), and per what (`per_second`). Either may be empty. */
export interface UnitWords {
  readonly main: string;
  readonly per: string;
}

/** Splits a UCUM unit at its first slash and translates both parts; parts with annotations (`{…}`) vanish (T2 to T4). */
export function unitToWords(unit: string): UnitWords {
  const slash = unit.indexOf("/");
  const main = withoutAnnotation(slash === -1 ? unit : unit.slice(0, slash));
  const per = withoutAnnotation(slash === -1 ? "" : unit.slice(slash + 1));
  const perWord = rateWords.get(per) ?? per;
  return { main: unitWords.get(main) ?? main, per: perWord === "" ? "" : `per_${perWord}` };
}

/** A part of a unit confined to the characters of a metric name, runs of underscores collapsed. */
export function escapeUnitPart(part: string): string {
  const runs = splitIntoRuns(part, (code) => isAsciiAlphanumeric(code) || code === colon);
  const joined = runs.join("_");
  // The reference keeps an underscore at the end, not at the start.
  return joined === "" || part.endsWith(runs.at(-1) ?? "") ? joined : `${joined}_`;
}

/** The unit as it stands in a family's metadata: `bytes_per_second`. */
export function metadataUnit(unit: string): string {
  const words = unitToWords(unit);
  const joined = [escapeUnitPart(words.main), escapeUnitPart(words.per)]
    .filter((part) => part !== "")
    .join("_");
  const start = joined.startsWith("_") ? 1 : 0;
  const end = joined.length > start && joined.endsWith("_") ? joined.length - 1 : joined.length;
  return joined.slice(start, end);
}

function withoutAnnotation(part: string): string {
  const trimmed = trimSpace(part);
  return trimmed.includes("{") || trimmed.includes("}") ? "" : trimmed;
}

/** Go's white space, which has U+0085 but not U+FEFF: the other way round than `String.prototype.trim`. */
function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  if (code >= 0x2000 && code <= 0x200a) return true;
  return [0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000].includes(code);
}
