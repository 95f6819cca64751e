import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const hooks = new URL("source-hooks.mjs", import.meta.url).href;

/** Runs a module in a Node process of its own, with `client` imported from the sources, and gives what it printed. */
export async function runScript(body: string): Promise<{ code: number | null; output: string }> {
  const clientModule = new URL("../client/remote-write-client.ts", import.meta.url).href;
  const script = `import { createRemoteWriteClient } from ${JSON.stringify(clientModule)};\n${body}`;
  const flags = ["--no-warnings", "--experimental-strip-types", "--import", hooks, "--input-type=module"];
  const child = spawn(process.execPath, [...flags, "--eval", script], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output };
}
