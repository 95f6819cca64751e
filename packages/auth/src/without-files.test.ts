import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { createSecretFile } from "./secret-file.js";

vi.mock("#text-file", () => import("./text-file-default.js"));

describe("where there is no file system", () => {
  it("says at construction what to give instead", () => {
    const options = { path: "/run/secret", name: "passwordFile", owner: "basicAuth", instead: "password" };
    expect(() => createSecretFile(options)).toThrow(
      new Error("basicAuth: passwordFile needs a file system, and there is none here; give password"),
    );
  });

  it("only the module that is chosen on Node imports Node's", () => {
    const sources = readdirSync(import.meta.dirname).filter((name) => !name.includes(".test."));
    const withNode = sources.filter((name) =>
      readFileSync(`${import.meta.dirname}/${name}`, "utf8").includes('"node:'),
    );
    expect(withNode).toEqual(["text-file-node.ts"]);
  });
});
