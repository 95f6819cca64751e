import { expect, test } from "vitest";
import { redactUrl } from "./redact-url.js";

test.each([
  ["http://localhost:9090/api/v1/write", "http://localhost:9090/api/v1/write"],
  ["https://example.com", "https://example.com/"],
  ["http://h/?token=secret&b=&a=secret#secret", "http://h/?token=…&b=…&a=…"],
  ["http://h/?secret", "http://h/?…"],
  ["http://h/?a%20b=secret", "http://h/?a%20b=…"],
  ["http://h/?", "http://h/"],
  ["http://user:secret@h/p", "http://h/p"],
])("A2: %s becomes %s", (url, redacted) => {
  expect(redactUrl(new URL(url))).toBe(redacted);
});
