// What docs say of the code in words is true: messages are in it, reasons are all there, links lead somewhere.
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { dropReasons } from "./docs/drop-reasons.js";
import { brokenLinks } from "./docs/links.js";
import { normalizeSource } from "./docs/normalize-source.js";
import { findMarkdownFiles } from "./readme/markdown-files.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const sources = globSync("packages/*/src/**/*.ts", { cwd: root }).filter((path) => !/\.test/.test(path));

describe("docs/delivery.md", () => {
  it("has every reason for a drop that the code has, and no other", () => {
    const page = read("docs/delivery.md");
    const listed = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map((match) => match[1]);
    expect(listed.toSorted()).toEqual(dropReasons(root, sources));
  });
});

describe("docs/troubleshooting.md", () => {
  const code = normalizeSource(sources.map((path) => read(path)).join("\n"));
  const tables = read("docs/troubleshooting.md").split("## Series are missing")[0] ?? "";
  const messages = [...tables.matchAll(/^\| (`.+?) +\|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""),
  );

  it("lists messages", () => {
    expect(messages.length).toBeGreaterThan(15);
  });

  it.each(messages)("%s is in the code", (message) => {
    // What stands for a value is an ellipsis here, and a placeholder there.
    expect(message.split("…").filter((part) => !code.includes(part.trim()))).toEqual([]);
  });
});

it.each(findMarkdownFiles(root).filter((file) => /^(?:packages\/|README|docs\/getting-started)/.test(file)))(
  "%s says how to install what its code imports",
  (file) => {
    const text = read(file);
    const installs = [...text.matchAll(/npm install ([^\n`]+)/g)];
    const installed = new Set(installs.flatMap(([, names = ""]) => names.split(" ")));
    const code = [...text.matchAll(/^```(?:ts|js)\b.*\n([^]*?)^```/gm)].map(([, block]) => block).join("\n");
    const imported = [...code.matchAll(/ from "((?:@[\w-]+\/)?[\w-]+)[\w/-]*"/g)].map(
      ([, name = ""]) => name,
    );
    expect(imported.filter((name) => !installed.has(name))).toEqual([]);
  },
);

it.each(findMarkdownFiles(root))("the links of %s lead somewhere", (file) => {
  const broken = brokenLinks(read(file), {
    exists: (path) => existsSync(join(root, dirname(file), path)),
    read: (path) => (path === "" ? read(file) : readFileSync(join(root, dirname(file), path), "utf8")),
  });
  expect(broken).toEqual([]);
});
