import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runProgram, type Run } from "../programs/run-program.js";
import { type Diagnostic, typeCheck } from "../programs/type-check.js";
import type { CodeBlock } from "./code-blocks.js";

/** A block of a file, whose path is told from the root of the repository. */
export type Example = CodeBlock & { file: string };

/** Examples as programs in a folder below e2e, whose dependencies they can import. */
export type ExampleProject = {
  /** What the compiler says about an example. It runs once for all of them. */
  diagnosticsOf(example: Example): Promise<string[]>;
  /** Runs it in a folder of its own. Paths in its output are those of the Markdown file. */
  run(example: Example): Promise<Run>;
  remove(): void;
};

// Below a folder that git, the linter and the formatter ignore; two test runs at the same time have one each.
const cache = fileURLToPath(new URL(".cache/", import.meta.url));

/** As strict as an application may be, without what is a matter of style. */
const compilerOptions = {
  target: "es2023",
  lib: ["es2023"],
  types: ["node"],
  module: "nodenext",
  moduleDetection: "force",
  noEmit: true,
  allowJs: true,
  checkJs: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  skipLibCheck: true,
};

// Node strips types by itself from 22.18 on.
const flags = process.features.typescript === false ? ["--experimental-strip-types"] : [];

export function createExampleProject(examples: readonly Example[]): ExampleProject {
  mkdirSync(cache, { recursive: true });
  const root = mkdtempSync(join(cache, "examples-"));
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["**/*"] }));
  for (const example of examples) {
    mkdirSync(folderOf(example), { recursive: true });
    // Empty lines before it, so that messages have the line numbers of the Markdown file.
    writeFileSync(programOf(example), "\n".repeat(example.line) + example.code);
  }

  function folderOf({ file, line }: Example): string {
    return join(root, file, String(line));
  }

  function programOf(example: Example): string {
    return join(folderOf(example), `example.${example.language}`);
  }

  let checked: Promise<Diagnostic[]> | undefined;
  async function checkAll(): Promise<Diagnostic[]> {
    const diagnostics = await typeCheck(root);
    const programs = new Set(examples.map(programOf));
    const elsewhere = diagnostics.find(({ file }) => !programs.has(file));
    if (elsewhere !== undefined) throw new Error(`${elsewhere.file}: ${elsewhere.message}`);
    return diagnostics;
  }

  return {
    async diagnosticsOf(example) {
      checked ??= checkAll();
      const own = (await checked).filter(({ file }) => file === programOf(example));
      return own.map(({ line, column, message }) => `${example.file}:${line}:${column} ${message}`);
    },
    async run(example) {
      const program = programOf(example);
      const run = await runProgram(process.execPath, [...flags, program], { cwd: folderOf(example) });
      const toMarkdown = (text: string): string =>
        text.replaceAll(pathToFileURL(program).href, example.file).replaceAll(program, example.file);
      return {
        ...run,
        command: `${example.file}:${example.line}`,
        stdout: toMarkdown(run.stdout),
        stderr: toMarkdown(run.stderr),
      };
    },
    remove() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
