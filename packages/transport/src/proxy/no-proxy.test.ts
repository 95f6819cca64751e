import { describe, expect, test } from "vitest";
import { isLoopback, parseNoProxy } from "./no-proxy.js";

describe("H15: noProxy, as in Go's httpproxy", () => {
  test.each<[string, string, boolean]>([
    ["", "http://example.com/", false],
    ["example.com", "http://example.com/", true],
    ["example.com", "http://EXAMPLE.com./", true],
    ["EXAMPLE.com", "http://a.b.example.com:8080/", true],
    ["example.com", "http://badexample.com/", false],
    [".example.com", "http://example.com/", false],
    [".example.com", "http://a.example.com/", true],
    ["*.example.com", "http://example.com/", false],
    ["*.example.com", "http://a.example.com/", true],
    ["example.com:8080", "http://example.com:8080/", true],
    ["example.com:8080", "http://a.example.com:8080/", true],
    ["example.com:8080", "http://example.com/", false],
    ["example.com:443", "https://example.com/", true],
    ["example.com:80", "http://example.com/", true],
    [" a.org , , example.com ", "http://example.com/", true],
    ["*", "http://example.com/", true],
    ["a.org,*", "http://[2001:db8::1]/", true],
    ["10.1.2.3", "http://10.1.2.3/", true],
    ["10.1.2.3:80", "http://10.1.2.3/", true],
    ["10.1.2.3:81", "http://10.1.2.3/", false],
    ["10.1.2.3", "http://10.1.2.33/", false],
    ["10.0.0.0/8", "http://10.1.2.3:9090/", true],
    ["10.0.0.0/8", "http://11.1.2.3/", false],
    ["10.0.0.0/8", "http://10.example.com/", false],
    ["2001:db8::/32", "http://[2001:db8::1]/", true],
    ["2001:db8::1", "http://[2001:db8:0::1]/", true],
    ["[2001:db8::1]:9090", "http://[2001:db8::1]:9090/", true],
    ["[2001:db8::1]:9090", "http://[2001:db8::1]/", false],
    ["10.0.0.0/99", "http://10.0.0.0/", false],
    ["10.0.0.0/8/8", "http://10.0.0.0/", false],
  ])("%j and %s: %s", (list, url, direct) => {
    expect(parseNoProxy(list)(new URL(url))).toBe(direct);
  });

  test.each([
    ["http://localhost/", true],
    ["http://127.0.0.1:9090/", true],
    ["http://127.1.2.3/", true],
    ["http://[::1]:9090/", true],
    ["http://127.example.com/", false],
    ["http://localhost.example.com/", false],
    ["http://10.0.0.1/", false],
  ])("loopback: %s is %s", (url, loopback) => {
    expect(isLoopback(new URL(url))).toBe(loopback);
  });
});
