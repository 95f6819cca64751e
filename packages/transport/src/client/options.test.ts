import { describe, expect, test } from "vitest";
import { remoteWriteClientOptionNames, type RemoteWriteClientOptions } from "./options.js";
import { createRemoteWriteClient } from "./remote-write-client.js";

const url = "http://localhost:9090/api/v1/write";

/** The message of the error that wrong options give. */
function refusal(options: unknown): string {
  try {
    createRemoteWriteClient(options as RemoteWriteClientOptions);
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
  throw new Error("the options were taken");
}

describe("url", () => {
  test.each([
    ["missing", undefined],
    ["null", null],
    ["empty", ""],
    ["without scheme and host", "/api/v1/write"],
    ["without a scheme", "localhost:9090/api/v1/write"],
    ["without a scheme, with a numeric host", "127.0.0.1:9090/api/v1/write"],
    ["without a host", "http://"],
    ["relative to a scheme", "//localhost/api/v1/write"],
    ["of another scheme", "ftp://localhost/write"],
    ["a number", 9090],
    ["an object", { href: url }],
  ])("%s: the error shows a good one", (_, value) => {
    expect(refusal({ url: value })).toMatch(
      /^createRemoteWriteClient: url .*http:\/\/localhost:9090\/api\/v1\/write/,
    );
  });

  test.each([
    "http://user:marker-secret@localhost/",
    "http://marker-secret@localhost/",
    "http://:marker-secret@localhost/",
    new URL("https://user:marker-secret@localhost/"),
  ])("credentials in it are refused, not repeated, and pointed to basicAuth", (value) => {
    const message = refusal({ url: value });
    expect(message).toContain("basicAuth");
    expect(message).not.toContain("marker-secret");
  });

  test("what cannot be read is not repeated, it may hold a secret", () => {
    expect(refusal({ url: "htp//user:marker-secret@host" })).not.toContain("marker-secret");
  });

  test.each([url, new URL(url), "https://example.com/workspaces/x/api/v1/remote_write?api-version=2"])(
    "%s is taken",
    (value) => {
      expect(() => createRemoteWriteClient({ url: value })).not.toThrow();
    },
  );
});

describe("W1.5 W2.5 H3: headers", () => {
  test.each(
    [
      "host",
      "content-encoding",
      "content-length",
      "content-type",
      "user-agent",
      "connection",
      "keep-alive",
      "proxy-authenticate",
      "proxy-authorization",
      "www-authenticate",
      "accept-encoding",
      "transfer-encoding",
      "x-prometheus-remote-write-version",
      "x-prometheus-remote-read-version",
      "retry-attempt",
      "x-amz-date",
      "x-amz-security-token",
      "x-amz-content-sha256",
      "authorization",
    ].flatMap((name) => [name, name.toUpperCase(), name.replace(/\b\w/g, (letter) => letter.toUpperCase())]),
  )("%s is refused, its value not repeated", (name) => {
    const message = refusal({ url, headers: { [name]: "marker-secret" } });
    expect(message).toContain(`headers.${name} `);
    expect(message).not.toContain("marker-secret");
  });

  test("authorization is pointed to auth", () => {
    expect(refusal({ url, headers: { Authorization: "x" } })).toContain(
      "give them as auth, such as bearerAuth",
    );
  });

  test.each([
    ["a name with a space", { "X Key": "marker-secret" }, '"X Key"'],
    ["an empty name", { "": "marker-secret" }, '""'],
    ["a name with a colon", { "X-Key:": "marker-secret" }, '"X-Key:"'],
    ["a name with a line break", { "X-Key\r\nEvil": "marker-secret" }, '"X-Key\\r\\nEvil"'],
    ["a line break at the end of a value", { "X-Key": "marker-secret\n" }, "X-Key"],
    ["a second header in a value", { "X-Key": "marker-secret\r\nEvil: 1" }, "X-Key"],
    ["a zero byte", { "X-Key": "marker-secret\0" }, "X-Key"],
    ["a character beyond Latin-1", { "X-Key": "marker-secret€" }, "X-Key"],
    ["a number", { "X-Key": 5 }, "X-Key"],
    ["undefined", { "X-Key": undefined }, "X-Key"],
    [
      "the same name in another case",
      { "X-Key": "marker-secret", "x-key": "b" },
      "headers.x-key is the same header as headers.X-Key; keep one of them",
    ],
  ])("%s is refused", (_, headers, named) => {
    const message = refusal({ url, headers });
    expect(message).toContain(named);
    expect(message).not.toContain("marker-secret");
  });

  test.each([
    [[["X-Key", "a"]]],
    [new Map([["X-Key", "a"]])],
    [new Headers({ "X-Key": "a" })],
    ["X-Key: a"],
    [null],
  ])("%o is not a plain object", (headers) => {
    expect(refusal({ url, headers })).toMatch(/^createRemoteWriteClient: headers must be a plain object/);
  });
});

describe("other options", () => {
  test.each([0, -1, NaN, Infinity, 2 ** 31, "10s", "1000", null])(
    "timeoutMillis %o is refused",
    (timeoutMillis) => {
      expect(refusal({ url, timeoutMillis })).toMatch(
        /^createRemoteWriteClient: timeoutMillis must be a number of milliseconds above 0/,
      );
    },
  );

  test.each([
    null,
    "Bearer x",
    [],
    [{ name: "a", authorize: () => ({}) }],
    {},
    { name: "a" },
    { authorize: () => ({}) },
  ])("auth %o is refused: one plugin, A2", (auth) => {
    expect(refusal({ url, auth })).toMatch(/^createRemoteWriteClient: auth must be one auth plugin/);
  });

  test.each(["v2", "prometheus.writerequest", "toString", 2])("protobufMessage %o is refused", (value) => {
    expect(refusal({ url, protobufMessage: value })).toMatch(
      /^createRemoteWriteClient: protobufMessage must be "auto" or "prometheus.WriteRequest" or "io.prometheus.write.v2.Request"/,
    );
  });

  test.each(["snappy", {}, { name: "snappy" }, { name: "a b", compress: () => new Uint8Array() }])(
    "codec %o is refused",
    (codec) => {
      expect(refusal({ url, codec })).toMatch(/^createRemoteWriteClient: codec must be an object with name/);
    },
  );

  test.each([null, "true", 1])("followRedirects %o is refused", (followRedirects) => {
    expect(refusal({ url, followRedirects })).toMatch(
      /^createRemoteWriteClient: followRedirects must be true or false/,
    );
  });

  test("fetch must be a function", () => {
    expect(refusal({ url, fetch: "node-fetch" })).toMatch(
      /^createRemoteWriteClient: fetch must be a function/,
    );
  });

  test.each([undefined, null, url])("options %o are refused", (options) => {
    expect(refusal(options)).toMatch(/^createRemoteWriteClient: options must be an object/);
  });

  test.each([
    ["endpoint", ""],
    ["headrs", "did you mean headers?"],
    ["timeout_millis", "did you mean timeoutMillis?"],
  ])("unknown option %s: %s", (key, advice) => {
    const message = refusal({ url, [key]: "marker-secret" });
    expect(message).toContain(`createRemoteWriteClient: ${key} is no option`);
    expect(message).toContain(advice);
    expect(message).not.toContain("marker-secret");
  });

  test("every option may be undefined, except url", () => {
    const names = remoteWriteClientOptionNames.filter((name) => name !== "url");
    expect(names).toEqual([
      "headers",
      "timeoutMillis",
      "auth",
      "protobufMessage",
      "codec",
      "fetch",
      "followRedirects",
      "tls",
      "proxyUrl",
      "noProxy",
      "agent",
    ]);
    createRemoteWriteClient({ url, ...Object.fromEntries(names.map((name) => [name, undefined])) });
  });
});
