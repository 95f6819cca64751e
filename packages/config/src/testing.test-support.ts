import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ConfigError } from "./config-error.js";
import { loadConfig, type LoadConfigOptions, type LoadedConfig, type PipelineConfig } from "./load-config.js";

/** A folder that is removed after the test, with files in it. */
export function createFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "otel-remote-write-config-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** What `loadConfig` makes of a file with this text, in an environment of its own. */
export function load(
  text: string,
  { files = {}, ...options }: LoadConfigOptions & { files?: Readonly<Record<string, string>> } = {},
): LoadedConfig {
  const folder = createFolder({ "config.yml": text, ...files });
  return loadConfig({ file: join(folder, "config.yml"), env: {}, ...options });
}

/** The one pipeline of a configuration. */
export function onlyPipeline({ pipelines }: LoadedConfig): PipelineConfig {
  const [pipeline, ...others] = pipelines;
  if (pipeline === undefined || others.length > 0) throw new Error(`${pipelines.length} pipelines`);
  return pipeline;
}

/** The lines of the error that loading ends with, without the folder. */
export function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((line) => line.replace(/^\S*config\.yml/, "config.yml"));
  }
  throw new Error("nothing is wrong");
}

/** The headers that the auth plugin of a pipeline gives. */
export async function authHeaders({ exporter: { auth } }: PipelineConfig): Promise<Record<string, string>> {
  if (auth === undefined) throw new Error("no auth");
  return await auth.authorize({
    method: "POST",
    url: new URL("https://example.com/api/v1/write"),
    headers: {},
    body: new Uint8Array(),
    attempt: 1,
    signal: new AbortController().signal,
  });
}
