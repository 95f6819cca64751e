import { isAsciiAlphanumeric, isAsciiDigit, isUnderscoresOnly, underscore } from "./characters.js";

export interface LabelNameRules {
  /** UTF-8 mode: names stay as they are. */
  readonly utf8: boolean;
  /** `_x` becomes `key_x`. Names that begin with `__` stay. */
  readonly underscoreLabelSanitization: boolean;
  /** Runs of underscores stay. */
  readonly preserveMultipleUnderscores: boolean;
}

/** Builds the name of a label from an attribute's key, or undefined where nothing valid is left (facts 5.1.6). */
export function labelName(key: string, rules: LabelNameRules): string | undefined {
  if (rules.utf8) return isUnderscoresOnly(key) ? undefined : key;
  if (key === "") return undefined;
  let name = rules.preserveMultipleUnderscores ? escapeEach(key) : escapeRuns(key);
  if (isAsciiDigit(name.charCodeAt(0))) {
    name = `key_${name}`;
  } else if (rules.underscoreLabelSanitization && name.startsWith("_") && !name.startsWith("__")) {
    name = `key${name}`;
  }
  return isUnderscoresOnly(name) ? undefined : name;
}

/** Every character outside `[A-Za-z0-9_]` becomes an underscore: one for each code point, not for each code unit. */
function escapeEach(key: string): string {
  let name = "";
  for (const character of key) {
    const unit = character.charCodeAt(0);
    name += isAsciiAlphanumeric(unit) || unit === underscore ? character : "_";
  }
  return name;
}

/** Every run of characters outside `[A-Za-z0-9]` becomes one underscore; the shape `__x__` is kept. */
function escapeRuns(key: string): string {
  if (key.length >= 4 && key.startsWith("__") && key.endsWith("__"))
    return `__${collapse(key.slice(2, -2))}__`;
  return collapse(key);
}

function collapse(key: string): string {
  let name = "";
  let inRun = false;
  for (let i = 0; i < key.length; i++) {
    const allowed = isAsciiAlphanumeric(key.charCodeAt(i));
    if (allowed) name += key.charAt(i);
    else if (!inRun) name += "_";
    inRun = !allowed;
  }
  return name;
}
