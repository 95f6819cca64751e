import { describe, expect, it } from "vitest";
import { checkOptionKeys } from "./check-option-keys.js";

const known = ["username", "password", "passwordFile"];

describe("checkOptionKeys", () => {
  it("accepts known keys, all or some", () => {
    expect(() => {
      checkOptionKeys({}, known, "basicAuth");
      checkOptionKeys({ username: "u", password: undefined }, known, "basicAuth");
    }).not.toThrow();
  });

  it.each([
    ["usrname", "username"],
    ["user_name", "username"],
    ["userName", "username"],
    ["pasword", "password"],
    ["passwrod", "password"],
    ["password_file", "passwordFile"],
    ["passwordfile", "passwordFile"],
    ["pass", "password"],
  ])("finds the key that was meant by %s", (key, meant) => {
    expect(() => checkOptionKeys({ [key]: 1 }, known, "basicAuth")).toThrow(
      new TypeError(`basicAuth: ${key} is no option; did you mean ${meant}?`),
    );
  });

  it("takes two letters in the wrong order for one mistake", () => {
    expect(() => checkOptionKeys({ ulr: 1 }, ["url", "auth"], "startRemoteWrite")).toThrow("mean url?");
  });

  it.each(["timeout", "x", "", "pas"])("names all keys when none is near: %s", (key) => {
    expect(() => checkOptionKeys({ [key]: 1 }, known, "basicAuth")).toThrow(
      new TypeError(`basicAuth: ${key} is no option; known are username, password, passwordFile`),
    );
  });

  it("objects to an unknown key whose value is undefined", () => {
    expect(() => checkOptionKeys({ usrname: undefined }, known, "basicAuth")).toThrow(/usrname/);
  });

  it("takes no inherited name for a known key", () => {
    expect(() => checkOptionKeys({ constructor: 1 }, known, "basicAuth")).toThrow(/constructor is no option/);
  });

  it("names the group that options are nested in", () => {
    expect(() => checkOptionKeys({ maxSampls: 1 }, ["maxSamples"], "startRemoteWrite", "queue")).toThrow(
      new TypeError(`startRemoteWrite: queue.maxSampls is no option; did you mean queue.maxSamples?`),
    );
    expect(() => checkOptionKeys(7, ["maxSamples"], "startRemoteWrite", "queue")).toThrow(
      new TypeError("startRemoteWrite: queue must be an object, got a number"),
    );
  });

  it.each([
    [undefined, "undefined"],
    [null, "null"],
    ["a-secret", "a string"],
    ["", "an empty string"],
    [["a-secret"], "an array"],
    [() => "a-secret", "a function"],
  ])("says what it got in place of an object: %s", (options, kind) => {
    expect(() => checkOptionKeys(options, known, "basicAuth")).toThrow(
      new TypeError(`basicAuth: options must be an object, got ${kind}`),
    );
  });

  it("cuts a long key", () => {
    const key = "k".repeat(1_000_000);
    expect(() => checkOptionKeys({ [key]: 1 }, known, "basicAuth")).toThrow(
      new TypeError(`basicAuth: ${"k".repeat(64)}… is no option; known are username, password, passwordFile`),
    );
  });
});
