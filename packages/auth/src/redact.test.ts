import { describe, expect, it } from "vitest";
import { redactHeaders, redactUrl } from "./redact.js";

describe("redactUrl", () => {
  it.each([
    ["https://example.com/api/v1/write", "https://example.com/api/v1/write"],
    ["http://127.0.0.1:9090/write", "http://127.0.0.1:9090/write"],
    ["https://user:secret@example.com/write", "https://***@example.com/write"],
    ["https://secret@example.com/write", "https://***@example.com/write"],
    ["https://:secret@[::1]:8080/write", "https://***@[::1]:8080/write"],
    ["https://us%40er:se%2Fcret@example.com/write", "https://***@example.com/write"],
    ["https://example.com/w?api-version=2023&key=secret", "https://example.com/w?api-version=***&key=***"],
    ["https://example.com/w?a%20b=secret#secret", "https://example.com/w?a%20b=***"],
    [" HTTPS://user:secret@example.com ", "https://***@example.com/"],
    ["user:secret@example.com", "(not an HTTP URL)"],
    ["htps://user:secret@example.com", "(not an HTTP URL)"],
    ["//user:secret@example.com/", "(not an HTTP URL)"],
    ["https://user:secret@", "(not an HTTP URL)"],
    ["secret", "(not an HTTP URL)"],
  ])("%s", (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
    expect(redactUrl(url)).not.toContain("secret");
  });

  it("takes a URL object and leaves it as it is", () => {
    const url = new URL("https://user:secret@example.com/write?key=secret");
    expect(redactUrl(url)).toBe("https://***@example.com/write?key=***");
    expect(url.href).toBe("https://user:secret@example.com/write?key=secret");
  });
});

describe("redactHeaders", () => {
  it("hides what carries credentials, whatever its case, and keeps the rest", () => {
    const headers = {
      authorization: "Basic secret",
      "Proxy-Authorization": "Basic secret",
      Cookie: "secret",
      "X-API-Key": "secret",
      "x-amz-security-token": "secret",
      "x-signature": "secret",
      "Content-Type": "application/x-protobuf",
      "X-Scope-OrgID": "tenant",
    };
    const shown = redactHeaders(headers);
    expect(Object.keys(shown)).toEqual(Object.keys(headers));
    expect(JSON.stringify(shown)).not.toContain("secret");
    expect(shown).toMatchObject({
      authorization: "***",
      "Content-Type": "application/x-protobuf",
      "X-Scope-OrgID": "tenant",
    });
  });
});
