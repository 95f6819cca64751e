import { describe, expect, it } from "vitest";
import { findDebianArchive, formatSource, type AptSource } from "./apt-source.mjs";
import { parseDeb822Sources } from "./parse-deb822-sources.mjs";

function source(uri: string, suite: string, changes: Partial<AptSource> = {}): AptSource {
  return {
    types: ["deb"],
    uris: [uri],
    suites: [suite],
    components: ["main"],
    signedBy: undefined,
    trusted: undefined,
    ...changes,
  };
}

describe("findDebianArchive", () => {
  const security = source("http://mirror.example/debian-security", "bookworm-security");
  const archive = source("http://mirror.example/debian/", "bookworm");
  const odd = source("mirror+file:/etc/apt/mirrors/debian.list", "bookworm");
  const other = source("https://other.example/apt", "stable");

  it("prefers the address that mirrors of Debian have", () => {
    expect(findDebianArchive([other, security, odd, archive], "bookworm")).toBe(archive);
  });

  it("takes an address of another shape when it offers this machine's release", () => {
    expect(findDebianArchive([other, security, odd], "bookworm")).toBe(odd);
  });

  it.each([
    ["another system's mirror", [source("http://mirror.example/ubuntu", "noble"), other]],
    ["source packages only", [source("http://mirror.example/debian", "bookworm", { types: ["deb-src"] })]],
    ["no main component", [source("http://mirror.example/debian", "bookworm", { components: ["contrib"] })]],
    ["nothing", []],
  ])("finds nothing in %s", (_, sources) => {
    expect(findDebianArchive(sources, undefined)).toBeUndefined();
  });
});

describe("formatSource", () => {
  it("writes what parseDeb822Sources reads", () => {
    const key = "\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF";
    const archive = source("http://mirror.example/debian", "bookworm", { signedBy: key, trusted: "yes" });
    expect(parseDeb822Sources(formatSource(archive, { suite: "testing", architecture: "amd64" }))).toEqual([
      { ...archive, suites: ["testing"] },
    ]);
  });

  it("leaves out what the source does not say", () => {
    const text = formatSource(source("http://mirror.example/debian", "sid"), {
      suite: "testing",
      architecture: "arm64",
    });
    expect(text).toBe(
      "Types: deb\nURIs: http://mirror.example/debian\nSuites: testing\nComponents: main\nArchitectures: arm64\nTargets: Packages\n",
    );
  });
});
