/**
 * How names are translated (T27), by the names of Prometheus' `translation_strategy`:
 *
 * - `UnderscoreEscapingWithSuffixes`: characters outside Prometheus' classic names become `_`; unit and type suffixes
 *   are added.
 * - `UnderscoreEscapingWithoutSuffixes`: the same without suffixes. Metrics that differ only by unit or type can meet.
 * - `NoUTF8EscapingWithSuffixes`: names stay as they are, suffixes are added. Remote write 2.0 only.
 * - `NoTranslation`: names stay as they are, nothing is added. Remote write 2.0 only.
 */
export type TranslationStrategy =
  | "UnderscoreEscapingWithSuffixes"
  | "UnderscoreEscapingWithoutSuffixes"
  | "NoUTF8EscapingWithSuffixes"
  | "NoTranslation";

export const translationStrategies: readonly TranslationStrategy[] = [
  "UnderscoreEscapingWithSuffixes",
  "UnderscoreEscapingWithoutSuffixes",
  "NoUTF8EscapingWithSuffixes",
  "NoTranslation",
];

/** Whether names are confined to the characters of classic Prometheus names. */
export function escapesNames(strategy: TranslationStrategy): boolean {
  return strategy === "UnderscoreEscapingWithSuffixes" || strategy === "UnderscoreEscapingWithoutSuffixes";
}

/** Whether unit and type are appended to metric names. */
export function addsSuffixes(strategy: TranslationStrategy): boolean {
  return strategy === "UnderscoreEscapingWithSuffixes" || strategy === "NoUTF8EscapingWithSuffixes";
}
