import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { describeFailure } from "./describe-failure.js";

const secret = "s3cr3t";

describe("describeFailure", () => {
  it("gives the names and codes of an error and its causes, without their messages", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    const error: unknown = await fetch(`http://127.0.0.1:${port}/?key=${secret}`).catch(
      (caught: unknown) => caught,
    );
    expect(describeFailure(error)).toBe("TypeError, caused by Error ECONNREFUSED");
  });

  it.each([
    [Object.assign(new Error(secret), { statusCode: 403 }), "Error 403"],
    [Object.assign(new Error(secret), { status: 500, code: secret }), "Error 500"],
    [Object.assign(new Error(secret), { code: 401 }), "Error 401"],
    [
      Object.assign(new Error(secret), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }),
      "Error DEPTH_ZERO_SELF_SIGNED_CERT",
    ],
    [Object.assign(new Error(secret), { name: "CredentialUnavailableError" }), "CredentialUnavailableError"],
    [Object.assign(new Error(secret), { name: secret, code: 12345 }), "Error"],
    [new DOMException(secret, "AbortError"), "AbortError"],
  ])("says what is safe: %#", (error, expected) => {
    expect(describeFailure(error)).toBe(expected);
  });

  it.each([secret, { message: secret }, undefined, null, 42])(
    "says little of what is no error: %s",
    (thrown) => {
      expect(describeFailure(thrown)).toBe("something that is not an Error");
    },
  );

  it("ends with causes that go round in a circle", () => {
    const error = new Error(secret);
    error.cause = new RangeError(secret, { cause: error });
    expect(describeFailure(error)).toBe("Error, caused by RangeError, caused by Error, caused by RangeError");
  });
});
