/** @import { AptSource } from "./apt-source.mjs" */

/**
 * Reads apt's deb822 format (`*.sources`): stanzas of `Field: value`, where indented lines continue a value.
 * Stanzas that are switched off are left out.
 *
 * @param {string} text
 * @returns {AptSource[]}
 */
export function parseDeb822Sources(text) {
  const lines = text.split(/\r?\n/).filter((line) => !line.startsWith("#"));
  return lines
    .join("\n")
    .split(/\n(?:[ \t]*\n)+/)
    .map(parseStanza)
    .filter(
      (stanza) => stanza.has("uris") && !/^(no|false|without|off|disable|0)$/i.test(value(stanza, "enabled")),
    )
    .map((stanza) => ({
      types: words(value(stanza, "types")),
      uris: words(value(stanza, "uris")),
      suites: words(value(stanza, "suites")),
      components: words(value(stanza, "components")),
      signedBy: stanza.get("signed-by"),
      trusted: stanza.get("trusted"),
    }));
}

/** @type {(text: string) => Map<string, string>} */
function parseStanza(text) {
  /** @type {Map<string, string>} */
  const fields = new Map();
  let field = "";
  for (const line of text.split("\n")) {
    const start = /^([^\s:]+):\s*(.*?)\s*$/.exec(line);
    if (start !== null) {
      field = (start[1] ?? "").toLowerCase();
      fields.set(field, start[2] ?? "");
    } else if (field !== "" && /^[ \t]+\S/.test(line)) {
      // Kept with its line break: a key may be embedded in Signed-By.
      fields.set(field, `${fields.get(field)}\n ${line.trim()}`);
    }
  }
  return fields;
}

/** @type {(stanza: Map<string, string>, field: string) => string} */
function value(stanza, field) {
  return stanza.get(field) ?? "";
}

/** @type {(text: string) => string[]} */
function words(text) {
  return text.split(/\s+/).filter((word) => word !== "");
}
