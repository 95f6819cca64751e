/** @import { AptSource } from "./apt-source.mjs" */

/**
 * Reads apt's one-line format (`sources.list`, `*.list`): `deb [option=value …] uri suite component…`.
 *
 * @param {string} text
 * @returns {AptSource[]}
 */
export function parseOneLineSources(text) {
  return text.split(/\r?\n/).flatMap((line) => {
    const entry = /^\s*(deb|deb-src)\s+(?:\[([^\]]*)\]\s*)?([^\s[]\S*)\s+(.*)$/.exec(line.replace(/#.*/, ""));
    if (entry === null) return [];
    const [, type = "", options = "", uri = "", rest = ""] = entry;
    const [suite = "", ...components] = words(rest);
    if (suite === "") return [];
    const option = Object.fromEntries(words(options).map(keyAndValue));
    return [
      {
        types: [type],
        uris: [uri],
        suites: [suite],
        components,
        signedBy: option["signed-by"]?.replaceAll(",", " "),
        trusted: option["trusted"],
      },
    ];
  });
}

/** @type {(option: string) => [string, string]} */
function keyAndValue(option) {
  const [key = "", ...value] = option.split("=");
  return [key.toLowerCase(), value.join("=")];
}

/** @type {(text: string) => string[]} */
function words(text) {
  return text.split(/\s+/).filter((word) => word !== "");
}
