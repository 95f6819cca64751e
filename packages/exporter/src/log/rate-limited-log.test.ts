import { describe, expect, it } from "vitest";
import { createRateLimitedLog } from "./rate-limited-log.js";

function start() {
  const lines: string[] = [];
  const logger = {
    warn: (line: string) => lines.push(line),
    error: (line: string) => lines.push(`! ${line}`),
  };
  const clock = { now: 0 };
  return { log: createRateLimitedLog(logger, () => clock.now), lines, clock };
}

function thrower(): never {
  throw new Error("not our business");
}

describe("createRateLimitedLog", () => {
  it("writes one message of a kind each minute, and says how many it left out", () => {
    const { log, lines, clock } = start();
    for (const message of ["one", "two", "three"]) log.warn("timeout", message);
    clock.now = 59_999;
    log.warn("timeout", "four");
    clock.now = 60_000;
    log.error("timeout", "five");
    log.warn("timeout", "six");
    expect(lines).toEqual(["one", "! five (and 3 like it since the last message)"]);
  });

  it("shows control characters instead of writing them", () => {
    const { log, lines } = start();
    log.warn("name", 'metric "a\n\u001b[31mb\u202e" dropped');
    expect(lines).toEqual(['metric "a\\n\\x1b[31mb\\u202e" dropped']);
  });

  it("keeps kinds apart", () => {
    const { log, lines } = start();
    log.warn("timeout", "one");
    log.error("refused", "two");
    expect(lines).toEqual(["one", "! two"]);
  });

  it("keeps a logger that throws from those who log", () => {
    const log = createRateLimitedLog({ warn: thrower, error: thrower }, () => 0);
    expect(() => log.warn("timeout", "one")).not.toThrow();
    expect(() => log.error("refused", "two")).not.toThrow();
  });

  it("remembers a bounded number of kinds", () => {
    const { log, lines } = start();
    for (let i = 0; i <= 1000; i++) log.warn(`kind ${i}`, `${i}`);
    log.warn("kind 1", "again");
    log.warn("kind 0", "forgotten");
    expect(lines.slice(1001)).toEqual(["forgotten"]);
  });
});
