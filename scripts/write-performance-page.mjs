// Copies what `npm run bench` has measured from bench/RESULTS.md into docs/performance.md.
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";

const page = new URL("../docs/performance.md", import.meta.url);
const results = new URL("../bench/RESULTS.md", import.meta.url);

/** Which section of the results stands in which place of the page. */
const sections = {
  steady: /^## 10,004 series: 5,000 counters, 278 histograms, steady state$/m,
  block: /^## Longest block of the event loop in one export$/m,
  "end-to-end": /^## End to end$/m,
};

/**
 * @param {string} text of the page
 * @param {string} measured the results
 * @returns {string} the page with the results in its places
 * @throws {Error} the results have no such section, or the page no such place
 */
export function fillIn(text, measured) {
  const machine = measured.split("\n").filter((line) => /^- (CPU|Node|Date):/.test(line));
  let filled = replacePlace(text, "machine", machine.join("\n"));
  for (const [place, heading] of Object.entries(sections)) {
    filled = replacePlace(filled, place, firstTable(measured, heading));
  }
  return filled;
}

/** @param {string} text @param {string} place @param {string} content */
function replacePlace(text, place, content) {
  const start = `<!-- ${place} -->`;
  const from = text.indexOf(start);
  const to = text.indexOf("<!-- end -->", from);
  if (from === -1 || to === -1) throw new Error(`docs/performance.md has no place "${place}"`);
  return `${text.slice(0, from)}${start}\n\n${content}\n\n${text.slice(to)}`;
}

/** @param {string} measured @param {RegExp} heading */
function firstTable(measured, heading) {
  const found = heading.exec(measured);
  if (found === null) throw new Error(`bench/RESULTS.md has no section ${heading.source}`);
  const lines = measured.slice(found.index).split("\n");
  const from = lines.findIndex((line) => line.startsWith("|"));
  const to = lines.findIndex((line, index) => index > from && !line.startsWith("|"));
  return lines.slice(from, to).join("\n");
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(page, fillIn(readFileSync(page, "utf8"), readFileSync(results, "utf8")));
}
