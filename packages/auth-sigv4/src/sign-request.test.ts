// AWS's published examples: the "Signature Version 4 test suite" of the AWS General Reference, continued in awslabs/aws-c-auth.
import { SignatureV4 } from "@smithy/signature-v4";
import { describe, expect, it } from "vitest";
import { Sha256 as NodeSha256 } from "./sha256-node.js";
import { Sha256 as WebSha256 } from "./sha256-default.js";
import { signRequest, toSignableRequest } from "./sign-request.js";

const region = "us-east-1";
const service = "service";
const date = new Date("2015-08-30T12:36:00Z");
const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const scope = "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";
const unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

type Example = [name: string, method: string, target: string, signature: string];

// Signed are host and date only.
const examples: Example[] = [
  ["get-vanilla", "GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
  ["get-vanilla-query", "GET", "/?", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
  ["get-slash", "GET", "//", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
  [
    "get-relative-relative",
    "GET",
    "/example1/example2/../..",
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  ],
  [
    "get-unreserved",
    "GET",
    `/${unreserved}`,
    "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
  ],
  [
    "get-vanilla-empty-query-key",
    "GET",
    "/?Param1=value1",
    "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
  ],
  [
    "get-vanilla-query-order-key-case",
    "GET",
    "/?Param2=value2&Param1=value1",
    "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
  ],
  [
    "get-vanilla-query-unreserved",
    "GET",
    `/?${unreserved}=${unreserved}`,
    "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197",
  ],
  [
    "get-vanilla-utf8-query",
    "GET",
    "/?ሴ=bar",
    "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
  ],
  ["post-vanilla", "POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"],
  [
    "post-vanilla-query",
    "POST",
    "/?Param1=value1",
    "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
  ],
];

const hashes = [
  ["node:crypto", NodeSha256],
  ["WebCrypto", WebSha256],
] as const;

describe.each(hashes)("A4: AWS's examples, hashed by %s", (_name, sha256) => {
  it.each(examples)("%s", async (_example, method, target, signature) => {
    const url = new URL(`https://example.amazonaws.com${target}`);
    // These are without the hash of the body, which the plugin always sends.
    const signer = new SignatureV4({ region, service, credentials, sha256, applyChecksum: false });
    const request = toSignableRequest({ method, url, headers: {}, body: new Uint8Array() });
    const { headers } = await signer.sign(request, { signingDate: date });
    expect(headers["authorization"]).toBe(
      `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    );
  });

  it("get-vanilla-with-session-token", async () => {
    const sessionToken = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    const identity = { ...credentials, sessionToken };
    const signer = new SignatureV4({ region, service, credentials: identity, sha256, applyChecksum: false });
    const url = new URL("https://example.amazonaws.com/");
    const request = toSignableRequest({ method: "GET", url, headers: {}, body: new Uint8Array() });
    const { headers } = await signer.sign(request, { signingDate: date });
    expect(headers).toMatchObject({
      "x-amz-security-token": sessionToken,
      authorization:
        `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host;x-amz-date;x-amz-security-token, ` +
        "Signature=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
    });
  });

  it("post-x-www-form-urlencoded, with the hash of the body", async () => {
    const signer = new SignatureV4({ region, service, credentials, sha256 });
    const request = toSignableRequest({
      method: "POST",
      url: new URL("https://example.amazonaws.com/"),
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new TextEncoder().encode("Param1=value1"),
    });
    // The example signs this one too, which is the HTTP stack's here.
    request.headers["content-length"] = "13";
    const { headers } = await signer.sign(request, { signingDate: date });
    expect(headers).toMatchObject({
      "x-amz-content-sha256": "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e",
      authorization:
        `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=content-length;content-type;host;x-amz-content-sha256;x-amz-date, ` +
        "Signature=d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
    });
  });
});

describe("signRequest", () => {
  it("gives the headers of the signature, and no others", async () => {
    const request = {
      method: "POST",
      url: new URL("https://example.amazonaws.com/"),
      headers: { "content-type": "application/x-protobuf", "x-amz-mine": "1", "user-agent": "test" },
      body: new Uint8Array(),
    };
    const headers = await signRequest(request, {
      region,
      service,
      date,
      credentials: { ...credentials, sessionToken: "token" },
    });
    expect(headers).toEqual({
      authorization: expect.stringContaining(
        `${scope}, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-mine;x-amz-security-token, `,
      ) as unknown,
      "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "x-amz-date": "20150830T123600Z",
      "x-amz-security-token": "token",
    });
  });
});
