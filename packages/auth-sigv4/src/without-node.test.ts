import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { findSha256Fault, Sha256 } from "./sha256-default.js";
import { Sha256 as NodeSha256 } from "./sha256-node.js";
import type { HashConstructor, HashInput } from "./sha256.js";
import { sigV4Auth } from "./sigv4-auth.js";

vi.mock("#sha256", () => import("./sha256-default.js"));

async function hash(constructor: HashConstructor, key: HashInput | undefined): Promise<string> {
  const hashing = new constructor(key);
  hashing.update("snow ☃ ");
  hashing.update(new Uint8Array([0, 1, 2, 255]).subarray(1));
  hashing.update(new Uint8Array([3, 4]).buffer);
  return Buffer.from(await hashing.digest()).toString("hex");
}

describe("where there is no node:crypto", () => {
  it.each([
    ["no key", undefined],
    ["a text", "kéy"],
    ["bytes", new Uint8Array([9, 8, 7]).subarray(1)],
    ["a buffer", new Uint8Array([9, 8]).buffer],
  ])("WebCrypto hashes the same, with %s as key", async (_case, key) => {
    expect(await hash(Sha256, key)).toBe(await hash(NodeSha256, key));
  });

  it("and no WebCrypto either, as in a page over http, that is said at construction", () => {
    vi.stubGlobal("crypto", {});
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(findSha256Fault()).toBeDefined();
    const credentials = { accessKeyId: "A", secretAccessKey: "s" };
    expect(() => sigV4Auth({ region: "eu-central-1", credentials })).toThrow(
      new Error(
        "sigV4Auth: there is no crypto.subtle here, as in a page that did not come over https; serve the page over https",
      ),
    );
  });

  it("only the module that is chosen on Node imports Node's", () => {
    const sources = readdirSync(import.meta.dirname).filter(
      (name) => name.endsWith(".ts") && !name.includes(".test."),
    );
    const withNode = sources.filter((name) =>
      readFileSync(`${import.meta.dirname}/${name}`, "utf8").includes('"node:'),
    );
    expect(withNode).toEqual(["sha256-node.ts"]);
  });
});
