import { describe, expect, test } from "vitest";
import { createRemoteWriteClient } from "../client/remote-write-client.js";
import { createAuthority, encryptedKey } from "../testing/certificates.js";
import { createTemporaryFolder } from "../testing/temporary-folder.js";

const url = "https://receiver.example/api/v1/write";
const authority = createAuthority();

/** The message of the error that wrong options give. */
function refusal(tls: unknown, more: object = {}): string {
  try {
    createRemoteWriteClient({ url, tls: tls as object, ...more });
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the options were taken");
}

describe("H15: wrong options of tls are errors at construction", () => {
  test.each([
    [{ ca_file: "x" }, "tls.ca_file is no option; did you mean tls.caFile?"],
    ["x", "tls must be an object, got a string"],
    [{ caFile: "" }, "tls.caFile must be the path of a PEM file, got an empty string"],
    [{ caFile: 5 }, "tls.caFile must be the path of a PEM file, got a number"],
    [{ caFile: "-----BEGIN CERTIFICATE-----" }, "tls.caFile must be the path of a PEM file, got the content"],
    [{ certFile: "x" }, "tls.certFile is given without tls.keyFile; give both, or neither"],
    [{ keyFile: "x" }, "tls.keyFile is given without tls.certFile; give both, or neither"],
    [
      { serverName: "" },
      "tls.serverName must be a host name or an address alone, such as receiver.example.com, got an empty string",
    ],
    [{ serverName: "https://receiver" }, "a host name or an address alone"],
    [{ serverName: "receiver:443" }, "a host name or an address alone"],
    [{ insecureSkipVerify: "yes" }, "tls.insecureSkipVerify must be true or false, got a string"],
    [{ minVersion: "1.2" }, 'tls.minVersion must be "TLSv1.2" or "TLSv1.3", got a string'],
    [{ minVersion: 1.3 }, 'tls.minVersion must be "TLSv1.2" or "TLSv1.3", got a number'],
  ])("%j", (tls, message) => {
    expect(refusal(tls)).toContain(message);
  });

  test("tls is of no use with http, unless the proxy is https", () => {
    const http = { url: "http://receiver.example/" };
    expect(refusal({ serverName: "x" }, http)).toContain(
      "tls.serverName has no effect, since url begins with http://",
    );
    const minVersion = "TLSv1.3";
    createRemoteWriteClient({ ...http, tls: { minVersion: undefined } });
    createRemoteWriteClient({ ...http, tls: { minVersion }, proxyUrl: "https://proxy.example" });
  });

  test("fetch makes its own connections", () => {
    expect(refusal({ minVersion: "TLSv1.3" }, { fetch })).toContain(
      "tls has no effect with a fetch of your own",
    );
  });
});

describe("H15: files that are no good are errors at construction, with option, path and cause", () => {
  const { cert, key } = authority.issue();
  const other = authority.issue();
  const marker = "marker-secret-in-a-file";

  test.each<[string, { ca?: string; cert?: string; key?: string }, RegExp]>([
    [
      "a CA file that is something else",
      { ca: marker },
      /^createRemoteWriteClient: tls\.caFile "\/.*\/ca" holds no certificate in PEM form; give the path of one$/,
    ],
    [
      "an empty CA file",
      { ca: "" },
      /^createRemoteWriteClient: tls\.caFile "\/.*\/ca" holds no certificate in PEM form; give the path of one$/,
    ],
    [
      "a private key as CA file",
      { ca: key },
      /^createRemoteWriteClient: tls\.caFile "\/.*\/ca" holds no certificate in PEM form; give the path of one$/,
    ],
    [
      "a certificate that is cut off",
      { ca: authority.cert.replace(/\r?\n(.{64}\r?\n){3}/, "\n") },
      /^createRemoteWriteClient: tls\.caFile .* holds a certificate that cannot be read; is it cut off\?$/,
    ],
    [
      "certificate and key mixed up",
      { cert: key, key: cert },
      /^createRemoteWriteClient: tls\.certFile .* holds no certificate in PEM form; give the path of one$/,
    ],
    [
      "a key that is something else",
      { cert, key: marker },
      /^createRemoteWriteClient: tls\.keyFile .* holds no private key in PEM form; give the path of one$/,
    ],
    [
      "a public certificate as key",
      { cert, key: cert },
      /^createRemoteWriteClient: tls\.keyFile .* holds no private key in PEM form; give the path of one$/,
    ],
    [
      "an encrypted key",
      { cert, key: encryptedKey(other) },
      /^createRemoteWriteClient: tls\.keyFile .* is encrypted; decrypt it/,
    ],
    [
      "the key of another certificate",
      { cert, key: other.key },
      /^createRemoteWriteClient: tls\.keyFile .* does not belong to the certificate in tls\.certFile /,
    ],
  ])("%s", async (_, contents, message) => {
    const write = await createTemporaryFolder();
    const paths = Object.entries(contents).map(([name, text]) => [`${name}File`, write(name, text)]);
    const text = refusal(Object.fromEntries(paths));
    expect(text).toMatch(message);
    expect(text).not.toContain(marker);
  });

  test("a path where there is nothing, and one to a folder", () => {
    expect(refusal({ caFile: "/no/such.pem" })).toBe(
      'createRemoteWriteClient: tls.caFile "/no/such.pem" does not exist; give the path of a PEM file',
    );
    expect(refusal({ caFile: "/" })).toContain('tls.caFile "/" is a directory; give');
  });

  test("an object with options that are all undefined is like none", () => {
    const tls = { caFile: undefined, certFile: undefined, keyFile: undefined, serverName: undefined };
    const more = { insecureSkipVerify: undefined, minVersion: undefined };
    expect(createRemoteWriteClient({ url, tls: { ...tls, ...more } })).toHaveProperty("send");
  });
});
