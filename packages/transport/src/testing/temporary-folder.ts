import { mkdtemp, rm } from "node:fs/promises";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** Writes a file of that name and content, or replaces it, and gives its path. */
export type WriteFile = (name: string, content: string) => string;

/** A folder that is removed when the test ends. */
export async function createTemporaryFolder(): Promise<WriteFile> {
  const folder = await mkdtemp(join(tmpdir(), "otel-remote-write-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return (name, content) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
}
