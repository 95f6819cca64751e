import { expect, it } from "vitest";
import { createBearerHeader } from "./bearer-header.js";

it("gives the header of RFC 6750, section 2.1", () => {
  expect(createBearerHeader("mF_9.B5f-4.1JqM", "bearerAuth: token")).toBe("Bearer mF_9.B5f-4.1JqM");
});

it.each([
  ["bearer token", 'bearerAuth: token begins with "Bearer", which is added anyway; take it out'],
  ["tökén", "bearerAuth: token contains a character beyond ASCII"],
])("refuses what cannot be sent: %s", (token, message) => {
  expect(() => createBearerHeader(token, "bearerAuth: token")).toThrow(new TypeError(message));
});
