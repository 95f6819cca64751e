import { describe, expect, test } from "vitest";
import { describeNetworkError } from "./network-error.js";

const url = new URL("https://receiver.example/api/v1/write");

function withCode(code: string, message = "x"): Error {
  return Object.assign(new Error(message), { code });
}

describe("H8: describeNetworkError", () => {
  test.each([
    ["ECONNREFUSED", "connection_refused", "nothing listens on receiver.example:443"],
    ["ENOTFOUND", "host_not_found", "the host name receiver.example is not known"],
    ["EAI_AGAIN", "host_not_found", "the name server gave no answer"],
    ["ECONNRESET", "connection_reset", "closed the connection"],
    ["EPIPE", "connection_reset", "closed the connection"],
    ["UND_ERR_SOCKET", "connection_reset", "closed the connection"],
    ["ETIMEDOUT", "timeout", "did not answer in time"],
    ["UND_ERR_CONNECT_TIMEOUT", "timeout", "did not answer in time"],
    ["UND_ERR_HEADERS_TIMEOUT", "timeout", "did not answer in time"],
    ["EHOSTUNREACH", "network_error", "no way to receiver.example:443"],
    ["ENETUNREACH", "network_error", "no way to receiver.example:443"],
    ["EACCES", "network_error", "may not connect"],
    ["EPROTO", "network_error", "does not speak TLS"],
    ["HPE_INVALID_CONSTANT", "network_error", "does not speak TLS"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate", "not signed by an authority"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "certificate", "NODE_EXTRA_CA_CERTS"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate", "not signed by an authority"],
    ["CERT_HAS_EXPIRED", "certificate", "expired"],
    ["ERR_SSL_UNSUPPORTED_PROTOCOL", "network_error", "`tls.minVersion`"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate", "another host name"],
  ])("%s is %s: %s", (code, reason, text) => {
    const fault = describeNetworkError(withCode(code), url);
    expect(fault).toMatchObject({ reason, code });
    expect(fault.text).toContain(text);
    expect(fault.text).toContain(`(${code}): `);
  });

  test.each([
    [40, "network_error", "refuses the TLS handshake"],
    [42, "certificate", "does not accept the client certificate"],
    [45, "certificate", "does not accept the client certificate"],
    [48, "certificate", "does not accept the client certificate"],
    [70, "network_error", "no version of TLS in common"],
    [116, "certificate", "wants a client certificate"],
  ])("TLS alert %d is %s: %s", (alert, reason, text) => {
    const error = withCode("EPROTO", `write EPROTO 40:error:0A:SSL routines:x:SSL alert number ${alert}\n`);
    const fault = describeNetworkError(error, url);
    expect(fault).toMatchObject({ reason, code: "EPROTO" });
    expect(fault.text).toContain(`receiver.example:443 `);
    expect(fault.text).toContain(text);
  });

  test("the cause decides, at any depth", () => {
    const error = new TypeError("fetch failed", {
      cause: new Error("y", { cause: withCode("ECONNREFUSED") }),
    });
    expect(describeNetworkError(error, url)).toMatchObject({
      reason: "connection_refused",
      code: "ECONNREFUSED",
    });
  });

  test("so do the parts of an AggregateError, of a host with several addresses", () => {
    const error = new TypeError("fetch failed", {
      cause: new AggregateError([withCode("ODD"), withCode("ECONNREFUSED")]),
    });
    expect(describeNetworkError(error, url)).toMatchObject({ reason: "connection_refused" });
  });

  test("causes in a ring come to an end", () => {
    const error = new Error("round and round");
    error.cause = error;
    expect(describeNetworkError(error, url)).toMatchObject({
      reason: "network_error",
      code: undefined,
      text: "the request failed: round and round",
    });
  });

  test("an unknown error is given in its own innermost words", () => {
    const error = new TypeError("fetch failed", { cause: new Error("bad port") });
    expect(describeNetworkError(error, url).text).toBe("the request failed: bad port");
  });

  test.each([undefined, null, 5, {}, { message: 5, cause: null, errors: [null] }])(
    "%o thrown does no harm",
    (thrown) => {
      expect(describeNetworkError(thrown, url)).toEqual({
        reason: "network_error",
        code: undefined,
        text: "the request failed",
      });
    },
  );

  test("a text thrown is shown", () => {
    expect(describeNetworkError("offline", url).text).toBe("the request failed: offline");
  });

  test.each([
    ["http://h/", "h:80 "],
    ["https://h/", "h:443 "],
    ["http://[::1]:9/", "[::1]:9 "],
  ])("the port of %s is named", (at, named) => {
    expect(describeNetworkError(withCode("ECONNREFUSED"), new URL(at)).text).toContain(named);
  });
});
