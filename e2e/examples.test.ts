// The examples as a reader runs them: `npm start` prints what the README shows, in this repository, and in a copied folder
// with packed packages.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installWithNpm, packPackages } from "./consumers/install-packed.js";
import { runProgram, successfulOutput } from "./programs/run-program.js";
import { alignOutput, normalizeOutput } from "./readme/compare-output.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = (name: string): string => join(root, "examples", name);

interface Manifest {
  readonly scripts?: { readonly start?: string };
  readonly dependencies: Record<string, string>;
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as Manifest;
}

const names = readdirSync(join(root, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "cortex-grafana")
  .map(({ name }) => name)
  .filter((name) => readManifest(folder(name)).scripts?.start !== undefined);

/** The first block of text in the README. */
function shownOutput(name: string): string {
  const readme = readFileSync(join(folder(name), "README.md"), "utf8");
  const [, text] = /^```text\n([^]*?)^```$/m.exec(readme) ?? [];
  if (text === undefined) throw new Error(`the README of ${name} shows no output`);
  return text;
}

/** What `npm start` prints, as far as it differs from what the README shows. */
async function start(cwd: string, shown: string): Promise<{ output: string; errors: string }> {
  const run = await runProgram("npm", ["start", "--silent"], { cwd });
  return { output: alignOutput(successfulOutput(run), shown), errors: run.stderr };
}

it("finds the examples", () => {
  expect(names).toEqual(["auth-plugin", "cluster", "express", "lambda", "translator", "worker-threads"]);
});

describe.each(names)("examples/%s", (name) => {
  it("prints what its README shows", async () => {
    const shown = shownOutput(name);
    expect(await start(folder(name), shown)).toEqual({ output: normalizeOutput(shown), errors: "" });
  });

  it("names the versions that are tested here", () => {
    const catalog = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
    const named = Object.entries(readManifest(folder(name)).dependencies)
      .filter(([dependency]) => dependency.startsWith("@opentelemetry/"))
      .map(([dependency, range]) => `"${dependency}": ${range}\n`);
    expect(named.filter((line) => !catalog.includes(line))).toEqual([]);
  });
});

describe("in copied folders", () => {
  let temporary: string;

  beforeAll(async () => {
    temporary = mkdtempSync(join(tmpdir(), "otel-remote-write-examples-"));
    const tarballs = await packPackages(temporary);
    const ours = Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`]);
    const dependencies = Object.assign({}, ...names.map((name) => readManifest(folder(name)).dependencies));
    // One installation above all of them, which takes a tenth of the time of one in each.
    writeFileSync(
      join(temporary, "package.json"),
      JSON.stringify({ private: true, dependencies: { ...dependencies, ...Object.fromEntries(ours) } }),
    );
    await installWithNpm(temporary);
  });

  afterAll(() => rmSync(temporary, { recursive: true, force: true }));

  it.each(names)("%s runs", async (name) => {
    const copy = join(temporary, name);
    cpSync(folder(name), copy, { recursive: true, filter: (path) => !path.includes("node_modules") });
    const shown = shownOutput(name);
    expect(await start(copy, shown)).toEqual({ output: normalizeOutput(shown), errors: "" });
  });
});
