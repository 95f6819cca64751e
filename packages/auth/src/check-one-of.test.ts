import { describe, expect, it } from "vitest";
import { checkOneOf } from "./check-one-of.js";

const names = ["token", "tokenFile", "getToken"] as const;

describe("checkOneOf", () => {
  it.each(names)("gives the name of the one that is given: %s", (name) => {
    expect(checkOneOf({ token: undefined, [name]: "x" }, names, "bearerAuth")).toBe(name);
  });

  it("counts a value that is not undefined as given, so that its kind is looked at", () => {
    expect(checkOneOf({ token: "" }, names, "bearerAuth")).toBe("token");
    expect(checkOneOf({ token: null }, names, "bearerAuth")).toBe("token");
  });

  it("says what to give when there is none", () => {
    expect(() => checkOneOf({ token: undefined }, names, "bearerAuth")).toThrow(
      new TypeError("bearerAuth: token is missing; give token or tokenFile or getToken"),
    );
  });

  it("says what is too much", () => {
    expect(() => checkOneOf({ token: "a", getToken: "b" }, names, "bearerAuth")).toThrow(
      new TypeError("bearerAuth: token and getToken are both given; keep one of them"),
    );
    expect(() => checkOneOf({ token: "a", tokenFile: "b", getToken: "c" }, names, "bearerAuth")).toThrow(
      new TypeError("bearerAuth: token and tokenFile and getToken are all given; keep one of them"),
    );
  });
});
