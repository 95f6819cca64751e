// Runs an example by its folder's name: `npm run example express`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { runInForeground } from "./run-in-foreground.mjs";

const examples = join(import.meta.dirname, "../examples");
const names = readdirSync(examples).filter(hasStart);
const [name = "", ...args] = process.argv.slice(2);

if (names.includes(name)) {
  process.exitCode = await runInForeground("pnpm", ["--silent", "start", ...args], {
    cwd: join(examples, name),
    shell: process.platform === "win32",
  });
} else {
  console.error(`There is no example "${name}"; there are ${names.join(", ")}.`);
  process.exitCode = 2;
}

/** @param {string} folder */
function hasStart(folder) {
  try {
    const manifest = readFileSync(join(examples, folder, "package.json"), "utf8");
    return JSON.parse(manifest).scripts?.start !== undefined;
  } catch {
    return false;
  }
}
