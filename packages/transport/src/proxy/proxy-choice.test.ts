import { describe, expect, test } from "vitest";
import type { ConnectionOptions } from "../http/connection-options.js";
import { createProxyChoice } from "./proxy-choice.js";

const http = new URL("http://receiver.example/api/v1/write");
const https = new URL("https://receiver.example/api/v1/write");

function choose(url: URL, env: Record<string, string>, options: ConnectionOptions = {}): string | undefined {
  const proxy = createProxyChoice(url, options, env, "owner").proxyFor(url);
  return proxy && `${proxy.source} ${proxy.url.href} ${proxy.authorization ?? ""}`.trim();
}

function refusal(options: object, env: Record<string, string> = {}): string {
  try {
    createProxyChoice(http, options, env, "owner");
  } catch (error) {
    if (error instanceof TypeError) return error.message;
  }
  throw new Error("the options were taken");
}

describe("H15: the proxy of the environment, as in Go", () => {
  test.each<[string, URL, Record<string, string>, string | undefined]>([
    ["none", http, {}, undefined],
    ["for http", http, { HTTP_PROXY: "http://p:3128" }, "HTTP_PROXY http://p:3128/"],
    ["not of the other scheme", https, { HTTP_PROXY: "http://p:3128" }, undefined],
    ["for https", https, { HTTPS_PROXY: "http://p:3128" }, "HTTPS_PROXY http://p:3128/"],
    ["in lower case", https, { https_proxy: "http://p" }, "https_proxy http://p/"],
    ["capitals first", http, { HTTP_PROXY: "http://a", http_proxy: "http://b" }, "HTTP_PROXY http://a/"],
    ["empty is none", http, { HTTP_PROXY: " ", http_proxy: "http://b" }, "http_proxy http://b/"],
    ["without a scheme", http, { HTTP_PROXY: "p:3128" }, "HTTP_PROXY http://p:3128/"],
    [
      "with user and password",
      http,
      { HTTP_PROXY: "http://u:p%40@p" },
      "HTTP_PROXY http://p/ Basic dTpwQA==",
    ],
    ["with NO_PROXY", http, { HTTP_PROXY: "http://p", NO_PROXY: "example" }, undefined],
    ["with no_proxy", http, { HTTP_PROXY: "http://p", no_proxy: ".example" }, undefined],
    ["with another NO_PROXY", http, { HTTP_PROXY: "http://p", NO_PROXY: "a" }, "HTTP_PROXY http://p/"],
    ["in a CGI program (httpoxy)", http, { HTTP_PROXY: "http://p", REQUEST_METHOD: "GET" }, undefined],
    ["never for localhost", new URL("http://localhost/"), { HTTP_PROXY: "http://p" }, undefined],
    ["ALL_PROXY is curl's", http, { ALL_PROXY: "http://p" }, undefined],
  ])("%s", (_, url, env, chosen) => {
    expect(choose(url, env)).toBe(chosen);
  });

  test("proxyUrl goes before it, localhost included, and NO_PROXY is not for it", () => {
    const env = { HTTP_PROXY: "http://p", NO_PROXY: "*" };
    expect(choose(http, env, { proxyUrl: "http://q" })).toBe("`proxyUrl` http://q/");
    expect(choose(new URL("http://127.0.0.1/"), {}, { proxyUrl: new URL("https://q:1") })).toBe(
      "`proxyUrl` https://q:1/",
    );
  });

  test("noProxy goes before NO_PROXY, and holds for proxyUrl too", () => {
    const env = { HTTP_PROXY: "http://p", NO_PROXY: "receiver.example" };
    expect(choose(http, env, { noProxy: "other.example" })).toBe("HTTP_PROXY http://p/");
    expect(choose(http, env, { noProxy: "*" })).toBeUndefined();
    expect(choose(http, {}, { proxyUrl: "http://q", noProxy: "receiver.example" })).toBeUndefined();
  });
});

describe("H15: a wrong proxy is an error at construction that does not repeat it", () => {
  test.each([
    [null, "is missing; give a URL such as http://proxy.example.com:3128"],
    [3128, "must be a URL such as http://proxy.example.com:3128, got a number"],
    ["", "is missing"],
    ["user:marker-secret@proxy:3128", "must begin with http:// or https://; give"],
    ["proxy.example", "must begin with http:// or https://; give"],
    ["socks5://u:marker-secret@proxy", "must begin with http:// or https://, not socks5://; give"],
    ["http://u:marker-secret%@proxy", 'has a "%" in user name or password; write it %25'],
  ])("proxyUrl %j: %s", (proxyUrl, message) => {
    const text = refusal({ proxyUrl });
    expect(text).toContain(`owner: proxyUrl ${message}`);
    expect(text).not.toContain("marker-secret");
  });

  test("noProxy must be one string", () => {
    expect(refusal({ noProxy: ["a"] })).toMatch(/^owner: noProxy must be a list of hosts in one string/);
  });

  test("a variable is named with the way out, where it would be used", () => {
    const env = { HTTP_PROXY: "socks5://u:marker-secret@proxy" };
    const text = refusal({}, env);
    expect(text).toMatch(/^owner: the environment variable HTTP_PROXY must begin with http.*noProxy: "\*"/);
    expect(text).not.toContain("marker-secret");
    expect(choose(http, env, { noProxy: "*" })).toBeUndefined();
    expect(choose(https, env)).toBeUndefined();
  });
});
