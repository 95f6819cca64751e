import fc from "fast-check";
import { expect, it } from "vitest";
import { compareBytes } from "./byte-order.js";

const texts = fc.array(
  fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 3 }),
    fc.constantFrom("\u{ffff}", "\ue000", "\ud7ff", "😀", "\u{10ffff}"),
  ),
  { maxLength: 5 },
);

it("TR7: the order is that of the UTF-8 bytes", () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const [left, right] = [a.join(""), b.join("")];
      expect(Math.sign(compareBytes(left, right))).toBe(
        Buffer.compare(Buffer.from(left), Buffer.from(right)),
      );
    }),
  );
});

it("TR7: private-use characters come before astral ones, unlike in UTF-16", () => {
  const names = ["😀", "\ue000", "a"];
  expect(names.toSorted(compareBytes)).toEqual(["a", "\ue000", "😀"]);
  expect(names.toSorted()).toEqual(["a", "😀", "\ue000"]);
});
