import { describe, expect, it } from "vitest";
import { checkText } from "./check-text.js";

describe("checkText", () => {
  it.each(["x", " with blanks ", "пароль", "🔑", "a:b"])("gives back a text as it is: %s", (text) => {
    expect(checkText(text, "password", "basicAuth")).toBe(text);
  });

  it.each([
    ["", "an empty string"],
    [null, "null"],
    [12345678, "a number"],
    [true, "a boolean"],
    [["a-secret"], "an array"],
    [{ secret: "a-secret" }, "an object"],
    [() => "a-secret", "a function"],
  ])("names the kind of what is no text: %s", (value, kind) => {
    expect(() => checkText(value, "password", "basicAuth")).toThrow(
      new TypeError(`basicAuth: password must be a non-empty string, got ${kind}`),
    );
  });

  it("calls undefined missing", () => {
    expect(() => checkText(undefined, "username", "basicAuth")).toThrow(
      new TypeError("basicAuth: username is missing; give a non-empty string"),
    );
  });

  it.each([
    ["a-secret\n", "a line break"],
    ["a-secret\r\nx-other: 1", "a line break"],
    ["a\ta-secret", "a tab"],
    ["a-secret\u0000", "a control character"],
    ["\u007fa-secret", "a control character"],
    ["a-secret\u0085", "a control character"],
  ])("refuses control characters: %j", (value, character) => {
    expect(() => checkText(value, "password", "basicAuth")).toThrow(
      new TypeError(`basicAuth: password contains ${character}; take it out`),
    );
  });
});
