import { describe, expect, it } from "vitest";
import { vectors } from "../testdata/vectors.js";
import { labelName } from "./label-name.js";

const plain = { utf8: false, underscoreLabelSanitization: false, preserveMultipleUnderscores: false };

describe("label names", () => {
  it.each(vectors.label_names)("TR5: $id $label $options", ({ label, options, expected, error }) => {
    expect(labelName(label, options)).toBe(error === undefined ? expected : undefined);
  });

  it("TR5: the shape __x__ is kept, and collapsed between", () => {
    expect(labelName("__a..b__", plain)).toBe("__a_b__");
    expect(labelName("__", plain)).toBeUndefined();
    expect(labelName("____", plain)).toBeUndefined();
    expect(labelName("__._", plain)).toBeUndefined();
  });

  it("TR5: a leading underscore gets key before it only where that is asked for", () => {
    const sanitised = { ...plain, underscoreLabelSanitization: true };
    expect(labelName(".a", sanitised)).toBe("key_a");
    expect(labelName(".a", plain)).toBe("_a");
  });

  it("TR4: an astral character is one underscore where runs are preserved", () => {
    expect(labelName("a😀b", { ...plain, preserveMultipleUnderscores: true })).toBe("a_b");
    expect(labelName("a😀😀b", { ...plain, preserveMultipleUnderscores: true })).toBe("a__b");
  });
});
