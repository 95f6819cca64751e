import { describe, expect, it } from "vitest";
import { parseDeb822Sources } from "./parse-deb822-sources.mjs";

describe("parseDeb822Sources", () => {
  it("reads a stanza with comments and several values a field", () => {
    const text = `Types: deb deb-src
# http://snapshot.example/debian
URIs: http://mirror.example/debian http://second.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;
    expect(parseDeb822Sources(text)).toEqual([
      {
        types: ["deb", "deb-src"],
        uris: ["http://mirror.example/debian", "http://second.example/debian"],
        suites: ["bookworm", "bookworm-updates"],
        components: ["main", "contrib"],
        signedBy: "/usr/share/keyrings/debian-archive-keyring.gpg",
        trusted: undefined,
      },
    ]);
  });

  it("reads several stanzas, whatever the case of the field names and the line ends", () => {
    const text =
      "types: deb\r\nuris: http://a.example/debian\r\n\r\nTYPES: deb\nURIS: http://b.example/debian\ntrusted: yes\n";
    expect(parseDeb822Sources(text).map(({ uris, trusted }) => ({ uris, trusted }))).toEqual([
      { uris: ["http://a.example/debian"], trusted: undefined },
      { uris: ["http://b.example/debian"], trusted: "yes" },
    ]);
  });

  it("joins indented lines to the value above them", () => {
    const text = "Types: deb\nURIs:\n http://a.example/debian\n\thttp://b.example/debian\nSuites: sid\n";
    expect(parseDeb822Sources(text)[0]).toMatchObject({
      uris: ["http://a.example/debian", "http://b.example/debian"],
      suites: ["sid"],
    });
  });

  it("keeps an embedded key as it is", () => {
    const text =
      "URIs: http://a.example/debian\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n";
    expect(parseDeb822Sources(text)[0]?.signedBy).toBe(
      "\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF",
    );
  });

  it.each(["Enabled: no", "enabled: FALSE", "Enabled: 0"])("leaves a stanza with %j out", (line) => {
    expect(parseDeb822Sources(`Types: deb\n${line}\nURIs: http://a.example/debian\n`)).toEqual([]);
  });

  it.each(["", "\n\n", "# nothing\n", "no field here\n"])("finds nothing in %j", (text) => {
    expect(parseDeb822Sources(text)).toEqual([]);
  });
});
