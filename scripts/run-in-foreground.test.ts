import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";

const module = JSON.stringify(new URL("run-in-foreground.mjs", import.meta.url).href);

interface Options {
  /** What the program in the foreground does. */
  readonly program: string;
  /** Sent to the process that waits for it, as soon as it says that it is ready. */
  readonly signal?: NodeJS.Signals;
}

/** How a process ends that runs a program in the foreground. */
async function run({ program, signal }: Options): Promise<{ code: number | null; output: string }> {
  const args = JSON.stringify(["-e", program]);
  const script = `
    import { runInForeground } from ${module};
    process.exitCode = await runInForeground(process.execPath, ${args}, {});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (signal !== undefined && text.includes("ready")) child.kill(signal);
    output += text;
  });
  await once(child, "close");
  return { code: child.exitCode, output };
}

describe("runInForeground", () => {
  it("gives the program's exit code", async () => {
    expect(await run({ program: "process.exit(3)" })).toEqual({ code: 3, output: "" });
  });

  it("gives 130 for a program that was interrupted", async () => {
    expect(await run({ program: "process.kill(process.pid, 'SIGINT')" })).toMatchObject({ code: 130 });
  });

  it("waits for the program on Ctrl-C, which the terminal sends to both", async () => {
    // Here it comes to the waiting process only; the program ends once its parent had the time to die of it.
    const program = "console.log('ready'); setTimeout(() => console.log('end'), 300)";
    expect(await run({ program, signal: "SIGINT" })).toEqual({ code: 0, output: "ready\nend\n" });
  });

  it("hands SIGTERM on, and waits", async () => {
    const program = `
      process.on("SIGTERM", () => { console.log("end"); process.exit(4); });
      setInterval(() => {}, 1000);
      console.log("ready");`;
    expect(await run({ program, signal: "SIGTERM" })).toEqual({ code: 4, output: "ready\nend\n" });
  });
});
