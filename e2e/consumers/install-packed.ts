import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram, successfulOutput } from "../programs/run-program.js";
import type { SdkVersions } from "./sdk-versions.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The tarball of each package, by the package's name. */
export type Tarballs = Readonly<Record<string, string>>;

/** Packs all packages into a folder, as they would be published. */
export async function packPackages(folder: string): Promise<Tarballs> {
  const args = ["--filter", "./packages/*", "pack", "--json", "--pack-destination", folder];
  const output = successfulOutput(await runProgram("pnpm", args, { cwd: root }));
  const packed = JSON.parse(output) as { name: string; filename: string }[];
  return Object.fromEntries(packed.map(({ name, filename }) => [name, filename]));
}

/**
 * Installs the tarballs in a folder as a user does, with npm, beside an SDK. Unlike a link into this repository, that
 * shows what is missing in a tarball, and resolves peers as they will be.
 */
export async function installPacked(folder: string, tarballs: Tarballs, sdk: SdkVersions): Promise<void> {
  const ours = Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`]);
  const manifest = { private: true, dependencies: { ...sdk, ...Object.fromEntries(ours) } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  await installWithNpm(folder);
}

/** Installs what the folder's package.json names. */
export async function installWithNpm(folder: string): Promise<void> {
  // With the cache first, so that only the first run on a machine needs the registry.
  const args = [
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--loglevel=error",
  ];
  successfulOutput(await runProgram("npm", args, { cwd: folder, deadlineMillis: 120_000 }));
}
