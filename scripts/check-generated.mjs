// Fails when packages/prompb/src/gen is not what buf makes of proto/.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import process from "node:process";

const generated = "packages/prompb/src/gen";

/** @param {string} folder @returns {Map<string, string>} the text of each file by its path */
function filesIn(folder) {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path, "utf8")]),
  );
}

const temporary = mkdtempSync(join(tmpdir(), "otel-remote-write-gen-"));
try {
  execFileSync("buf", ["lint"], { stdio: "inherit" });
  execFileSync("buf", ["generate", "--output", temporary], { stdio: "inherit" });
  const expected = filesIn(join(temporary, generated));
  const found = filesIn(generated);
  const different = [...new Set([...expected.keys(), ...found.keys()])].filter(
    (path) => expected.get(path) !== found.get(path),
  );
  if (different.length > 0) {
    console.error(`Not what buf makes of proto/: ${different.join(", ")}. Run \`pnpm generate\`.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(temporary, { recursive: true });
}
