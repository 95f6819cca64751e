// Every ```ts and ```js block of the Markdown files is a complete program: it is type-checked and run against the built
// packages, ends by itself with exit code 0, and prints what the ```text block after it shows. There, `…` stands for any
// text within its line. A block marked `no-run` needs a network or never ends: it is only type-checked.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { successfulOutput } from "./programs/run-program.js";
import { alignOutput, normalizeOutput } from "./readme/compare-output.js";
import { extractCodeBlocks } from "./readme/code-blocks.js";
import { createExampleProject, type Example } from "./readme/example-project.js";
import { findMarkdownFiles } from "./readme/markdown-files.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const examples: Example[] = [];
const cases: [title: string, { example: Example } | { problem: Error }][] = [];
for (const file of findMarkdownFiles(root)) {
  try {
    for (const block of extractCodeBlocks(readFileSync(join(root, file), "utf8"))) {
      const example = { file, ...block };
      examples.push(example);
      cases.push([titleOf(example), { example }]);
    }
  } catch (cause) {
    cases.push([file, { problem: new Error("a block would go untested", { cause }) }]);
  }
}
const project = createExampleProject(examples);
afterAll(() => {
  project.remove();
});

it.each(cases)("%s", async (_title, testCase) => {
  if ("problem" in testCase) throw testCase.problem;
  const { example } = testCase;
  expect(await project.diagnosticsOf(example)).toEqual([]);
  if (!example.runs) return;
  const output = successfulOutput(await project.run(example));
  if (example.expectedOutput === undefined) return;
  expect(alignOutput(output, example.expectedOutput)).toBe(normalizeOutput(example.expectedOutput));
});

function titleOf({ file, line, runs, expectedOutput }: Example): string {
  if (!runs) return `${file}:${line} compiles (no-run: it needs a network or runs until it is stopped)`;
  return `${file}:${line} runs${expectedOutput === undefined ? "" : " and prints what is shown"}`;
}
