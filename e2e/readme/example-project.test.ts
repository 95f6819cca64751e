import { afterEach, expect, it } from "vitest";
import { successfulOutput } from "../programs/run-program.js";
import { createExampleProject, type Example, type ExampleProject } from "./example-project.js";

let project: ExampleProject | undefined;

afterEach(() => {
  project?.remove();
});

function example(line: number, code: string, language: "ts" | "js" = "ts"): Example {
  return { file: "docs/guide.md", line, language, runs: true, code, expectedOutput: undefined };
}

it("names the place in the Markdown file that does not compile", async () => {
  const good = example(
    3,
    `import { basicAuth } from "@otel-remote-write/auth-basic";\nconsole.log(basicAuth);\n`,
  );
  const bad = example(10, `const count: number = 1;\n\nexport const text: string = count;\n`);
  const badScript = example(20, `/** @type {number} */\nexport const text = "";\n`, "js");
  const incomplete = example(30, `startRemoteWrite();\n`);
  project = createExampleProject([good, bad, badScript, incomplete]);

  expect(await project.diagnosticsOf(good)).toEqual([]);
  expect(await project.diagnosticsOf(bad)).toEqual([
    "docs/guide.md:13:14 TS2322: Type 'number' is not assignable to type 'string'.",
  ]);
  expect(await project.diagnosticsOf(badScript)).toEqual([
    "docs/guide.md:22:14 TS2322: Type 'string' is not assignable to type 'number'.",
  ]);
  expect(await project.diagnosticsOf(incomplete)).toEqual([
    "docs/guide.md:31:1 TS2304: Cannot find name 'startRemoteWrite'.",
  ]);
});

it("runs examples of both languages in folders of their own", async () => {
  const code = `import { readdirSync } from "node:fs";\nconsole.log(readdirSync("."));\n`;
  const [one, other] = [example(1, code), example(9, code, "js")];
  project = createExampleProject([one, other]);
  expect(successfulOutput(await project.run(one))).toBe("[ 'example.ts' ]\n");
  expect(successfulOutput(await project.run(other))).toBe("[ 'example.js' ]\n");
});

it("shows what an example said that failed, and where in the Markdown file", async () => {
  const failing = example(5, `console.log("so far");\nthrow new Error("no further");\n`);
  project = createExampleProject([failing]);
  const run = await project.run(failing);
  expect(() => successfulOutput(run)).toThrow(/^docs\/guide\.md:5: exit code 1\nso far\n/);
  expect(() => successfulOutput(run)).toThrow(/docs\/guide\.md:7\b[^]*Error: no further/);
});
