// Makes docs/images/demo.svg: what `npm run demo -- --backend prometheus` prints, colours included, after `pnpm build`.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/** @typedef {{ text: string, styles: string[] }} Span */

const root = join(import.meta.dirname, "..");
const fontSize = 13;
const charWidth = 7.83;
const lineHeight = 18;
const padding = 16;

/** The styles that the demo uses, by their SGR code; 22 and 39 end them. */
const styles = new Map([
  ["1", "strong"],
  ["2", "dim"],
  ["31", "bad"],
  ["32", "good"],
]);

/** @param {string} line @returns {Span[]} */
function parseLine(line) {
  /** @type {Span[]} */
  const spans = [];
  let active = new Set();
  const [first = "", ...others] = line.split("\u001B[");
  if (first !== "") spans.push({ text: first, styles: [] });
  for (const part of others) {
    const [, codes = "", text = ""] = /^([\d;]*)m(.*)$/.exec(part) ?? [];
    for (const code of codes.split(";")) {
      const style = styles.get(code);
      if (style !== undefined) active.add(style);
      else
        active = new Set([...active].filter((each) => (code === "39") === ["strong", "dim"].includes(each)));
    }
    if (text !== "") spans.push({ text, styles: [...active] });
  }
  return spans;
}

/** @param {string} text */
function escapeText(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** @param {string[]} lines */
function toSvg(lines) {
  const parsed = lines.map(parseLine);
  const columns = Math.max(...parsed.map((spans) => spans.reduce((sum, { text }) => sum + text.length, 0)));
  const width = Math.ceil(columns * charWidth + 2 * padding);
  const height = lines.length * lineHeight + 2 * padding;
  const rows = parsed.map((spans, index) => {
    const y = padding + index * lineHeight + fontSize;
    let column = 0;
    const texts = spans.map(({ text, styles: names }) => {
      const x = (padding + column * charWidth).toFixed(1);
      column += text.length;
      const attribute = names.length > 0 ? ` class="${names.join(" ")}"` : "";
      // The length is given, so that columns stand where they should in every font.
      const length = (text.length * charWidth).toFixed(1);
      return text.trim() === ""
        ? ""
        : `<text x="${x}" y="${y}" textLength="${length}"${attribute}>${escapeText(text)}</text>`;
    });
    return texts.join("");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<style>
rect { fill: #0d1117 }
text { fill: #d1d7e0; font: ${fontSize}px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre }
.dim { fill: #8b949e } .strong { font-weight: bold } .good { fill: #3fb950 } .bad { fill: #f85149 }
</style>
<rect width="100%" height="100%" rx="8"/>
${rows.filter((row) => row !== "").join("\n")}
</svg>
`;
}

const args = ["--backend", "prometheus", "--seconds", "4"];
const output = execFileSync(process.execPath, [join(root, "examples/demo/dist/main.js"), ...args], {
  encoding: "utf8",
  env: { ...process.env, FORCE_COLOR: "1" },
});
const prompt = `\u001B[2m$\u001B[22m \u001B[1mnpm run demo -- ${args.join(" ")}\u001B[22m`;
writeFileSync(join(root, "docs/images/demo.svg"), toSvg([prompt, "", ...output.trimEnd().split("\n")]));
