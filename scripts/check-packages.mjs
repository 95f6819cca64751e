// Packs every package that is published, and looks at the tarball as npm users get it: publint, are-the-types-wrong.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

const temporary = mkdtempSync(join(tmpdir(), "otel-remote-write-pack-"));
let failed = false;
try {
  for (const name of readdirSync("packages")) {
    const folder = join("packages", name);
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (manifest.private === true) continue;
    const packed = execFileSync("pnpm", ["pack", "--json", "--pack-destination", temporary], {
      cwd: folder,
      encoding: "utf8",
    });
    const { filename, files } = JSON.parse(packed);
    check(name, "publint", ["--strict", filename]);
    check(name, "attw", ["--profile", "esm-only", "--no-emoji", filename]);
    for (const required of ["README.md", "LICENSE"]) {
      if (!files.some((/** @type {{ path: string }} */ file) => file.path === required)) {
        report(name, `the tarball has no ${required}`);
      }
    }
  }
} finally {
  rmSync(temporary, { recursive: true });
}
process.exitCode = failed ? 1 : 0;

/** @param {string} name @param {string} program @param {string[]} args */
function check(name, program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) report(name, `${program}:\n${stdout}${stderr}`);
}

/** @param {string} name @param {string} problem */
function report(name, problem) {
  failed = true;
  console.error(`${name}: ${problem}`);
}
