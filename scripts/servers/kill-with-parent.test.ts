import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";

const module = new URL("kill-with-parent.mjs", import.meta.url).href;

/** Starts a process that starts another with the same standard output, and watches over it. */
const parentSource = `
import { spawn } from "node:child_process";
import { killWithParent } from ${JSON.stringify(module)};
const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 30_000)"], { stdio: ["ignore", "inherit", "ignore"] });
const release = killWithParent(child.pid);
console.log("started");
process.stdin.once("data", () => {
  release();
  child.kill("SIGKILL");
  child.unref();
  process.stdin.destroy();
});
`;

function startParent() {
  const parent = spawn(process.execPath, ["--input-type=module", "-e", parentSource], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return {
    parent,
    started: once(parent.stdout, "data"),
    exited: once(parent, "exit"),
    outputClosed: once(parent.stdout, "close"),
  };
}

describe.skipIf(process.platform === "win32")("killWithParent", () => {
  it("ends the child when its parent is killed without warning", async () => {
    const { parent, started, exited, outputClosed } = startParent();
    await started;
    parent.kill("SIGKILL");
    expect(await exited).toEqual([null, "SIGKILL"]);
    // The child holds the same output, so it closes only once both are gone.
    await outputClosed;
  });

  it("does not keep the parent alive once released", async () => {
    const { parent, started, exited } = startParent();
    await started;
    parent.stdin.write("release\n");
    expect(await exited).toEqual([0, null]);
  });
});
