/** A ```ts or ```js block of a Markdown file. */
export type CodeBlock = {
  /** The line of the opening fence, counted from 1. */
  line: number;
  language: "ts" | "js";
  /** False for a block marked `no-run`: it needs a network, or runs until it is stopped. It is type-checked only. */
  runs: boolean;
  code: string;
  /** The ```text block that follows with nothing but blank lines between. */
  expectedOutput: string | undefined;
};

type Fenced = { line: number; endLine: number; info: string; content: string };

/** Names under which code would be highlighted, but not found by us. */
const otherNames = /^(typescript|javascript|[mc][tj]s|tsx|jsx|node)$/i;

/** @throws for a block that would go untested: an unknown marker, another name of the language, a missing end */
export function extractCodeBlocks(markdown: string): CodeBlock[] {
  const lines = markdown.split(/\r?\n/);
  const fenced = findFenced(lines);
  return fenced.flatMap((block, index): CodeBlock[] => {
    const [language = "", ...markers] = block.info.split(/\s+/);
    if (otherNames.test(language)) {
      throw new Error(
        `line ${block.line}: write \`ts\` or \`js\` instead of \`${language}\`, so that it is tested`,
      );
    }
    if (language !== "ts" && language !== "js") return [];
    const unknown = markers.find((marker) => marker !== "no-run");
    if (unknown !== undefined) {
      throw new Error(`line ${block.line}: unknown marker \`${unknown}\`; there is \`no-run\``);
    }
    const next = fenced[index + 1];
    const isFollowed =
      next?.info === "text" && lines.slice(block.endLine, next.line - 1).every((line) => line.trim() === "");
    const runs = markers.length === 0;
    if (!runs && isFollowed) {
      throw new Error(`line ${next.line}: the output of a block that does not run cannot be compared`);
    }
    const expectedOutput = isFollowed ? next.content : undefined;
    return [{ line: block.line, language, runs, code: block.content, expectedOutput }];
  });
}

function findFenced(lines: readonly string[]): Fenced[] {
  const found: Fenced[] = [];
  let open: { fence: string; indent: string; line: number; info: string; content: string[] } | undefined;
  for (const [index, text] of lines.entries()) {
    const [, indent = "", fence = "", info = ""] = /^(\s*)(`{3,}|~{3,})\s*([^`]*?)\s*$/.exec(text) ?? [];
    if (open === undefined) {
      if (fence !== "") open = { fence, indent, line: index + 1, info, content: [] };
    } else if (info === "" && fence.startsWith(open.fence)) {
      const { line, content } = open;
      found.push({
        line,
        endLine: index + 1,
        info: open.info,
        content: content.map((l) => `${l}\n`).join(""),
      });
      open = undefined;
    } else
      open.content.push(text.startsWith(open.indent) ? text.slice(open.indent.length) : text.trimStart());
  }
  if (open !== undefined) throw new Error(`line ${open.line}: the block has no end`);
  return found;
}
