import { hostname } from "node:os";
import { pid } from "node:process";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it, vi } from "vitest";
import { hostInstance as randomInstance } from "./host-default.js";
import { checkRuntime, hostInstance } from "./host-node.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("checkRuntime", () => {
  it("says which Node is needed, before anything is exported", () => {
    expect(() => checkRuntime({})).toThrow(`needs Node 22.15 or later, and this is ${process.version}`);
    expect(() => checkRuntime()).not.toThrow();
  });
});

describe("hostInstance", () => {
  it("is the name of the log stream on AWS Lambda, where host names and pids repeat", () => {
    vi.stubEnv("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/23/[$LATEST]0123");
    expect(hostInstance()).toBe("2026/11/23/[$LATEST]0123");
  });

  it("is host name and pid elsewhere", () => {
    vi.stubEnv("AWS_LAMBDA_LOG_STREAM_NAME", "");
    expect(hostInstance().startsWith(`${hostname()}:${pid}`)).toBe(true);
  });

  it("has the thread's id in a worker thread", async () => {
    const built = fileURLToPath(new URL("../../dist/host/host-node.js", import.meta.url));
    const code = `const { parentPort, threadId } = require("node:worker_threads");
      import(${JSON.stringify(built)}).then(({ hostInstance }) => parentPort.postMessage([hostInstance(), threadId]));`;
    const worker = new Worker(code, { eval: true });
    const [instance, threadId] = await new Promise<[string, number]>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
    await worker.terminate();
    expect(instance).toBe(`${hostname()}:${pid}:${threadId}`);
  });

  it("is another one each time where there is no host", () => {
    expect(randomInstance()).toMatch(/^[0-9a-f]{32}$/);
    expect(randomInstance()).not.toBe(randomInstance());
  });
});
