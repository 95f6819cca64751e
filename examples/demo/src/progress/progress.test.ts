import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { progressLine } from "./progress-line.js";
import { createProgress } from "./progress.js";

/** What is written to a stream by two steps with a note between them. */
function written(terminal: { isTTY?: boolean; columns?: number }, env: NodeJS.ProcessEnv = {}): string {
  const stream = Object.assign(new PassThrough(), terminal) as unknown as NodeJS.WriteStream;
  const progress = createProgress(stream, env);
  progress.show("1 second");
  progress.note("note");
  progress.show("2 seconds");
  progress.show("3 seconds");
  progress.end();
  progress.end();
  return String((stream as unknown as PassThrough).read());
}

describe("progress", () => {
  const rewritten = "\r\u001B[K1 second\nnote\n\r\u001B[K2 seconds\r\u001B[K3 seconds\n";
  const plain = "1 second\nnote\n2 seconds\n3 seconds\n";

  it("rewrites one line on a terminal", () => {
    expect(written({ isTTY: true, columns: 80 })).toBe(rewritten);
  });

  it("cuts what would wrap", () => {
    expect(written({ isTTY: true, columns: 6 })).toContain("\r\u001B[K3 sec\n");
  });

  it("cuts nothing where the width is not known", () => {
    expect(written({ isTTY: true, columns: 0 })).toBe(rewritten);
  });

  it.each([
    ["where there is no terminal", {}, {}],
    ["in CI", { isTTY: true, columns: 80 }, { CI: "true" }],
    ["on a dumb terminal", { isTTY: true, columns: 80 }, { TERM: "dumb" }],
  ])("writes plain lines %s", (_where, terminal, env) => {
    expect(written(terminal, env)).toBe(plain);
  });
});

describe("progressLine", () => {
  it("has time, requests, pushes and samples, and fits into 80 columns", () => {
    const line = progressLine(12, 1234, { pushes: 12, samples: 98_765 });
    expect(line).toBe(" 12 s  1,234 requests made   12 pushes acknowledged  98,765 samples stored");
    expect(line.length).toBeLessThan(80);
  });

  it("says that it does not know", () => {
    expect(progressLine(1, 40, undefined)).toContain("    ? pushes acknowledged       ? samples stored");
  });
});
