import { describe, expect, it } from "vitest";
import { checkHttpUrl } from "./check-http-url.js";

const example = "https://auth.example.com/token";

function faultOf(value: unknown): string {
  try {
    checkHttpUrl(value, "tokenUrl", "oauth2Auth", example);
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
  throw new Error("it was taken");
}

describe("checkHttpUrl", () => {
  it.each([
    ["http://localhost:9090/api/v1/write", "http://localhost:9090/api/v1/write"],
    [" https://example.com\n", "https://example.com/"],
    ["https://user:secret@[::1]:8080/?a=b", "https://user:secret@[::1]:8080/?a=b"],
    ["HTTPS://EXAMPLE.COM:443", "https://example.com/"],
    [new URL("http://a/"), "http://a/"],
  ])("takes %s", (value, href) => {
    expect(checkHttpUrl(value, "url", "owner", example).href).toBe(href);
  });

  it.each([
    ["", "is missing"],
    [null, "is missing"],
    [undefined, "is missing"],
    ["localhost:9090/api/v1/write", "must begin with http:// or https://"],
    ["/api/v1/write", "must begin with http:// or https://"],
    ["//localhost/api", "must begin with http:// or https://"],
    ["marker:hunter2@localhost", "must begin with http:// or https://"],
    ["htp//marker:hunter2@localhost", "must begin with http:// or https://"],
    ["ftp://marker:hunter2@localhost/", "must begin with http:// or https://, not ftp://"],
    [new URL("wss://marker:hunter2@localhost/"), "must begin with http:// or https://, not wss://"],
    ["http://", "has no host"],
    ["https://?hunter2", "has no host"],
    ["http://localhost:0/", "has a port that is no number from 1 to 65535"],
    ["http://localhost:99999/", "has a port that is no number from 1 to 65535"],
    ["http://marker:hunter2@localhost:port/", "has a port that is no number from 1 to 65535"],
    ["http://local host/", "has a host that is no name and no address"],
    ["http://[::1/", "has a host that is no name and no address"],
    [
      "http://marker:hun#ter2@localhost/",
      "has a password with /, ? or #, which must be written %2F, %3F or %23",
    ],
  ])("says what is wrong with %s: it %s", (value, fault) => {
    const message = faultOf(value);
    expect(message).toBe(`oauth2Auth: tokenUrl ${fault}; give a URL such as ${example}`);
    expect(message).not.toMatch(/marker|hunter2|ter2/);
  });

  it("says what kind of value it got", () => {
    expect(faultOf(9090)).toBe(`oauth2Auth: tokenUrl must be a URL such as ${example}, got a number`);
    expect(faultOf({ href: "http://a/" })).toBe(
      `oauth2Auth: tokenUrl must be a URL such as ${example}, got an object`,
    );
  });
});
