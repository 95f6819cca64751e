import { describe, expect, it } from "vitest";
import { extractCodeBlocks } from "./code-blocks.js";

describe("extractCodeBlocks", () => {
  it("finds ts and js blocks, their lines, and the text block after them", () => {
    const markdown = [
      "# Title",
      "",
      "```ts",
      "const a = 1;",
      "",
      "console.log(a);",
      "```",
      "",
      "```text",
      "1",
      "```",
      "",
      "```js",
      "```",
    ].join("\n");
    expect(extractCodeBlocks(markdown)).toEqual([
      {
        line: 3,
        language: "ts",
        runs: true,
        code: "const a = 1;\n\nconsole.log(a);\n",
        expectedOutput: "1\n",
      },
      { line: 13, language: "js", runs: true, code: "", expectedOutput: undefined },
    ]);
  });

  it("leaves other languages and blocks within blocks alone", () => {
    const markdown = "```sh\nnpm i\n```\n\n````md\n```ts\nthis is no example\n```\n````\n\n```\nplain\n```\n";
    expect(extractCodeBlocks(markdown)).toEqual([]);
  });

  it("takes a text block for the output only where nothing stands between", () => {
    const [block] = extractCodeBlocks("```ts\n1;\n```\n\nAn overview:\n\n```text\nA → B\n```\n");
    expect(block).toMatchObject({ code: "1;\n", expectedOutput: undefined });
  });

  it("takes off the indentation of a block in a list, and reads CRLF", () => {
    const [block] = extractCodeBlocks(
      "- item\r\n\r\n  ~~~ts\r\n  if (a) {\r\n    b();\r\n\r\n  }\r\n  ~~~\r\n",
    );
    expect(block).toMatchObject({ line: 3, code: "if (a) {\n  b();\n\n}\n" });
  });

  it("knows blocks that are not to be run", () => {
    expect(extractCodeBlocks("```ts no-run\nfoo();\n```\n")).toMatchObject([{ runs: false }]);
  });

  it.each([
    ["```ts norun\n```\n", "line 1: unknown marker `norun`"],
    ["text\n\n```typescript\n```\n", "line 3: write `ts` or `js` instead of `typescript`"],
    ["```cjs\n```\n", "line 1: write `ts` or `js` instead of `cjs`"],
    ["\n```ts\nfoo();\n", "line 2: the block has no end"],
    ["```ts no-run\n```\n\n```text\n1\n```\n", "line 4: the output of a block that does not run"],
  ])("objects to a block that would go untested: %j", (markdown, message) => {
    expect(() => extractCodeBlocks(markdown)).toThrow(message);
  });
});
