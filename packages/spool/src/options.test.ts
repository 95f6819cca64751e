import { describe, expect, it } from "vitest";
import { createSpool } from "./create-spool.js";
import { resolveSpoolOptions, type SpoolOptions } from "./options.js";

function errorFor(options: unknown): string {
  try {
    createSpool(options as SpoolOptions);
  } catch (error) {
    return String(error);
  }
  throw new Error("was taken");
}

describe("the options of createSpool", () => {
  it("have defaults", () => {
    expect(resolveSpoolOptions({ directory: "/somewhere" })).toEqual({
      directory: "/somewhere",
      maxBytes: 536_870_912,
      maxAgeMillis: 86_400_000,
      syncWrites: false,
    });
  });

  it("are explained where they are wrong", () => {
    expect(errorFor({})).toBe(
      'TypeError: createSpool: directory must be the path of a folder, such as "/var/lib/app/spool", got undefined',
    );
    expect(errorFor({ directory: "/x", maxSize: 1 })).toContain("maxSize is no option");
    expect(errorFor({ directory: "/x", maxBytes: 0 })).toContain(
      "maxBytes must be a whole number above 0, got 0",
    );
    expect(errorFor({ directory: "/x", maxAgeMillis: "1d" })).toContain(
      "maxAgeMillis must be a whole number above 0, got a string",
    );
    expect(errorFor({ directory: "/x", syncWrites: 1 })).toContain(
      "syncWrites must be true or false, got a number",
    );
  });

  it("name a directory that cannot be used", () => {
    expect(errorFor({ directory: "/proc/nowhere" })).toContain(
      "createSpool: directory /proc/nowhere cannot be used",
    );
  });
});
