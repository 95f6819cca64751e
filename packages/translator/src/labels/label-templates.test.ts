import fc from "fast-check";
import { expect, it } from "vitest";
import { resolveOptions } from "../options/resolve-options.js";
import { baseLabels, fixedLabels } from "./base-labels.js";
import { createLabelInterner } from "./label-interner.js";
import { hashLabels } from "./label-set.js";
import { createLabelTemplates } from "./label-templates.js";
import { createProblemCollector } from "./problem-collector.js";

const options = resolveOptions({ externalLabels: { region: "eu", b: "outside" } });
const fixed = fixedLabels(
  { identity: new Map([["job", "shop"]]), promoted: new Map([["c", "promoted"]]) },
  new Map([
    ["otel_scope_name", "lib"],
    ["otel_scope_version", ""],
  ]),
  options,
);

/** Some meet each other, some the fixed labels; some give no name. */
const key = fc.constantFrom(
  "a",
  "B",
  "b",
  "b.",
  "c",
  "a.b",
  "a_b",
  "job",
  "otel_scope_version",
  "__name__",
  "_",
  "é",
);
const value = fc.constantFrom<unknown>(
  "x",
  "y",
  "",
  "1",
  1,
  0,
  -0,
  true,
  "true",
  null,
  undefined,
  ["x"],
  { x: 1 },
  "\ud800",
);
const attributeSets = fc.array(
  fc.uniqueArray(fc.tuple(key, value), { maxLength: 5, selector: ([each]) => each }),
  { maxLength: 20 },
);

it("gives the labels that are made without it, in any order of attributes, before and after a clear", () => {
  fc.assert(
    fc.property(attributeSets, fc.nat({ max: 20 }), (sets, clearAt) => {
      const interner = createLabelInterner();
      const templates = createLabelTemplates(fixed, options.labelName, interner);
      for (const [i, set] of sets.entries()) {
        if (i === clearAt) interner.clear();
        const attributes = Object.fromEntries(set);
        const problems = createProblemCollector();
        const expected = baseLabels(attributes, fixed, options, createLabelInterner(), problems);
        const labels = templates(attributes);
        expect(labels !== undefined && problems.take("m") !== undefined).toBe(false);
        expect(expected.hash).toBe(hashLabels(expected.labels));
        expect(labels ?? expected).toEqual(expected);
      }
    }),
  );
});

it("shares labels between points, and makes few of its own", () => {
  const interner = createLabelInterner();
  const templates = createLabelTemplates(fixed, options.labelName, interner);
  const one = templates({ a: "x", code: 200 });
  const other = templates({ code: 200, a: "y" });
  expect(one?.labels.filter((label) => other?.labels.includes(label)).map(({ name }) => name)).toEqual([
    "b",
    "c",
    "code",
    "job",
    "otel_scope_name",
    "region",
  ]);
  expect(interner.size).toBe(3);
  interner.clear();
  expect(interner.size).toBe(0);
});
