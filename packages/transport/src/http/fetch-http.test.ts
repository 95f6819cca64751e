import { expect, test } from "vitest";
import { createHttp } from "./fetch-http.js";

test.each([{ tls: {} }, { proxyUrl: "http://p" }, { noProxy: "*" }, { agent: {} as never }])(
  "H15: in a browser %j is an error at construction",
  (options) => {
    expect(() => createHttp(new URL("https://receiver.example/"), options, "owner")).toThrow(
      new TypeError(
        `owner: ${Object.keys(options).join()} needs Node, and this runtime has only fetch; leave it out`,
      ),
    );
  },
);

test("H15: in a browser options that are undefined are none", () => {
  const options = { tls: undefined, proxyUrl: undefined, noProxy: undefined, agent: undefined };
  expect(createHttp(new URL("https://receiver.example/"), options, "owner")).toHaveProperty("send");
});
