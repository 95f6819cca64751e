import { expect, test } from "vitest";
import { secretsOf } from "./secrets-of.js";

test("A2: credentials with and without their scheme, and other headers", () => {
  const secrets = secretsOf(new URL("http://h/"), { authorization: "Bearer abc", "X-Key": "def" });
  expect(secrets).toEqual(expect.arrayContaining(["Bearer abc", "abc", "def"]));
});

test("A2: values in the query, as they stand there and as they mean", () => {
  const secrets = secretsOf(new URL("http://h/?a=b%2Fc&flag"), {});
  expect(secrets).toEqual(expect.arrayContaining(["b%2Fc", "b/c", "flag"]));
});

test("A3: a tenant is none", () => {
  const headers = { "X-Scope-OrgID": "tenant-1", "thanos-tenant": "tenant-2" };
  expect(secretsOf(new URL("http://h/"), headers).join()).not.toContain("tenant");
});

test("A2: the password of basic credentials, as it was before they were encoded", () => {
  const secrets = secretsOf(new URL("http://h/"), { authorization: "Basic YWRhOnDDpHNzd29yZA==" });
  expect(secrets).toEqual(expect.arrayContaining(["YWRhOnDDpHNzd29yZA==", "ada:pässword", "pässword"]));
  expect(secretsOf(new URL("http://h/"), { authorization: "Basic ?" })).toContain("?");
});
