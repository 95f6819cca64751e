import { describe, expect, it } from "vitest";
import { parseOneLineSources } from "./parse-one-line-sources.mjs";

const plain = {
  types: ["deb"],
  uris: ["http://mirror.example/debian"],
  suites: ["bookworm"],
  components: ["main", "contrib"],
  signedBy: undefined,
  trusted: undefined,
};

describe("parseOneLineSources", () => {
  it.each([
    ["an entry", "deb http://mirror.example/debian bookworm main contrib", plain],
    ["tabs and spaces", " deb\thttp://mirror.example/debian   bookworm main\tcontrib ", plain],
    ["a comment behind it", "deb http://mirror.example/debian bookworm main contrib # the mirror", plain],
    [
      "options",
      "deb [ arch=amd64 signed-by=/a.gpg,/b.gpg Trusted=yes ] http://mirror.example/debian bookworm main contrib",
      { ...plain, signedBy: "/a.gpg /b.gpg", trusted: "yes" },
    ],
    [
      "options without spaces",
      "deb [arch=amd64,arm64] http://mirror.example/debian bookworm main contrib",
      plain,
    ],
    [
      "a source entry",
      "deb-src http://mirror.example/debian bookworm main contrib",
      { ...plain, types: ["deb-src"] },
    ],
    ["an exact path", "deb http://mirror.example/debian ./", { ...plain, suites: ["./"], components: [] }],
  ])("reads %s", (_, line, expected) => {
    expect(parseOneLineSources(line)).toEqual([expected]);
  });

  it.each([
    "",
    "# deb http://mirror.example/debian bookworm main",
    "deb",
    "deb http://mirror.example/debian",
    "rpm x y z",
  ])("passes over %j", (line) => {
    expect(parseOneLineSources(line)).toEqual([]);
  });

  it("reads every line of a file", () => {
    const text =
      "# mirrors\n\ndeb http://a.example/debian sid main\r\ndeb http://b.example/debian sid main\n";
    expect(parseOneLineSources(text).map((source) => [source.uris, source.components])).toEqual([
      [["http://a.example/debian"], ["main"]],
      [["http://b.example/debian"], ["main"]],
    ]);
  });
});
