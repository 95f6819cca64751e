import { describe, expect, it } from "vitest";
import { encodeBase64 } from "./base64.js";

describe("encodeBase64", () => {
  it.each(["", "a", "user:pass", "pässwörd", "пароль", "密码", "🔑", "\u00ff\u0100", "x".repeat(100_000)])(
    "gives the UTF-8 bytes of %#",
    (text) => {
      expect(encodeBase64(text)).toBe(Buffer.from(text, "utf8").toString("base64"));
    },
  );

  it("agrees with the example of RFC 7617, section 2.1", () => {
    expect(encodeBase64("test:123£")).toBe("dGVzdDoxMjPCow==");
  });
});
