import { describe, expect, it } from "vitest";
import { load, onlyPipeline, problemsOf } from "../testing.test-support.js";

type Labels = Readonly<Record<string, string>>;

/** A configuration with these rules, one flow mapping each. */
function fileOf(rules: readonly string[]): string {
  return `url: http://localhost/\nwrite_relabel_configs:\n${rules.map((rule) => `  - ${rule}\n`).join("")}`;
}

function relabel(input: Labels, rules: readonly string[], env: Labels = {}): Labels | undefined {
  const apply = onlyPipeline(load(fileOf(rules), { env })).exporter.relabel;
  const labels = Object.entries(input).map(([name, value]) => ({ name, value }));
  const output = apply?.(labels);
  return output && Object.fromEntries(output.map(({ name, value }) => [name, value]));
}

const abc = { a: "foo", b: "bar", c: "baz" };
const dropped = undefined;

// What Prometheus itself expects of its rules.
describe("rules give what they give in Prometheus:", () => {
  it.each<[rules: string[], input: Labels, output: Labels | undefined]>([
    [
      ["{ source_labels: [a], regex: f(.*), target_label: d, replacement: 'ch${1}-ch${1}' }"],
      abc,
      { ...abc, d: "choo-choo" },
    ],
    [
      [
        "{ source_labels: [a, b], regex: f(.*);(.*)r, target_label: a, replacement: 'b${1}${2}m' }",
        "{ source_labels: [c, a], regex: (b).*b(.*)ba(.*), target_label: d, replacement: $1$2$2$3 }",
      ],
      abc,
      { a: "boobam", b: "bar", c: "baz", d: "boooom" },
    ],
    [
      [
        "{ source_labels: [a], regex: .*o.*, action: drop }",
        "{ source_labels: [a], regex: f(.*), target_label: d }",
      ],
      abc,
      dropped,
    ],
    [["{ source_labels: [a], regex: .*(b).*, target_label: d }"], { a: "abc" }, { a: "abc", d: "b" }],
    [["{ source_labels: [a], regex: no-match, action: drop }"], abc, abc],
    // Anchored as a whole.
    [["{ source_labels: [a], regex: f|o, action: drop }"], abc, abc],
    [["{ source_labels: [a], regex: no-match, action: keep }"], abc, dropped],
    [["{ source_labels: [a], regex: f.*, action: keep }"], abc, abc],
    [["{ source_labels: [a], regex: f, target_label: b, replacement: bar }"], { a: "boo" }, { a: "boo" }],
    [["{ source_labels: [c], target_label: d, action: hashmod, modulus: 1000 }"], abc, { ...abc, d: "976" }],
    [
      ["{ source_labels: [a], target_label: b, action: hashmod, modulus: 1000 }"],
      { a: "foo\nbar" },
      { a: "foo\nbar", b: "734" },
    ],
    [
      ["{ regex: (b.*), replacement: 'bar_${1}', action: labelmap }"],
      { a: "foo", b1: "bar", b2: "baz" },
      { a: "foo", b1: "bar", b2: "baz", bar_b1: "bar", bar_b2: "baz" },
    ],
    [
      ["{ regex: __meta_(my.*), replacement: '${1}', action: labelmap }"],
      { a: "foo", __meta_my_bar: "aaa", __meta_other: "ccc" },
      { a: "foo", __meta_my_bar: "aaa", __meta_other: "ccc", my_bar: "aaa" },
    ],
    [
      ["{ source_labels: [a], regex: 'some-([^-]+)-([^,]+)', replacement: '${2}', target_label: '${1}' }"],
      { a: "some-name-value" },
      { a: "some-name-value", name: "value" },
    ],
    [
      ["{ source_labels: [a], regex: 'some-([^-]+)-([^,]+)', replacement: '${3}', target_label: '${1}' }"],
      { a: "some-name-value" },
      { a: "some-name-value" },
    ],
    [
      ["{ source_labels: [a], regex: 'some-([^-]+)(-[^,]+)', replacement: '${1}', target_label: '${3}' }"],
      { a: "some-name-0" },
      { a: "some-name-0" },
    ],
    [
      [
        "{ source_labels: [tags], regex: '(?:.+,|^)path:(/[^,]+).*', target_label: path }",
        "{ source_labels: [tags], regex: '(?:.+,|^)job:([^,]+).*', target_label: job }",
        "{ source_labels: [tags], regex: '(?:.+,|^)label:([^=]+)=([^,]+).*', replacement: '${2}', target_label: '${1}' }",
      ],
      { tags: "path:/secret,job:some-job,label:foo=bar" },
      { tags: "path:/secret,job:some-job,label:foo=bar", path: "/secret", job: "some-job", foo: "bar" },
    ],
    [
      [
        "{ regex: ^name$, action: labeldrop }",
        "{ source_labels: [port], regex: (.+), replacement: metrics, target_label: name }",
        "{ source_labels: [name], regex: ^metrics$, action: keep }",
      ],
      { name: "foo", port: "9091" },
      { port: "9091", name: "metrics" },
    ],
    [["{ regex: (b.*), action: labelkeep }"], { a: "foo", b1: "bar", b2: "baz" }, { b1: "bar", b2: "baz" }],
    [["{ regex: (b.*), action: labeldrop }"], { a: "foo", b1: "bar", b2: "baz" }, { a: "foo" }],
    [
      [
        "{ source_labels: [foo], action: Uppercase, target_label: up }",
        "{ source_labels: [foo], action: lowercase, target_label: low }",
      ],
      { foo: "bAr123Foo" },
      { foo: "bAr123Foo", low: "bar123foo", up: "BAR123FOO" },
    ],
    [
      ["{ source_labels: [t], action: keepequal, target_label: p1 }"],
      { t: "1", p1: "1" },
      { t: "1", p1: "1" },
    ],
    [["{ source_labels: [t], action: dropequal, target_label: p1 }"], { t: "1", p1: "1" }, dropped],
    [
      ["{ source_labels: [t], action: dropequal, target_label: p2 }"],
      { t: "1", p2: "2" },
      { t: "1", p2: "2" },
    ],
    [["{ source_labels: [t], action: keepequal, target_label: p2 }"], { t: "1", p2: "2" }, dropped],
  ])("%j of %j", (rules, input, output) => {
    expect(relabel(input, rules)).toEqual(output);
  });
});

describe("what follows from Prometheus' code:", () => {
  it.each<[string, string[], Labels, Labels | undefined]>([
    [
      "without source labels the value is empty, and the default expression matches",
      ["{ target_label: d, replacement: x }"],
      abc,
      { ...abc, d: "x" },
    ],
    [
      "an empty replacement deletes the label",
      ["{ target_label: a, replacement: '' }"],
      abc,
      { b: "bar", c: "baz" },
    ],
    [
      "an empty expression matches what is empty alone",
      ["{ source_labels: [a], regex: '', action: keep }"],
      abc,
      dropped,
    ],
    ["a label that is not there is empty", ["{ source_labels: [nope], regex: '', action: keep }"], abc, abc],
    [
      "a separator may be empty",
      ["{ source_labels: [a, b], separator: '', target_label: d }"],
      abc,
      { ...abc, d: "foobar" },
    ],
    [
      "a missing separator is a semicolon",
      ["{ source_labels: [a, b], target_label: d }"],
      abc,
      { ...abc, d: "foo;bar" },
    ],
    [
      "a dot matches a line break",
      ["{ source_labels: [a], regex: a.b, action: drop }"],
      { a: "a\nb" },
      dropped,
    ],
    [
      "names of groups without braces are as long as can be",
      ["{ source_labels: [a], regex: (f)(.*), target_label: d, replacement: $1x$2 }"],
      abc,
      { ...abc, d: "oo" },
    ],
    [
      "groups have names",
      [
        "{ source_labels: [a], regex: '(?P<first>.)(?P<rest>.*)', target_label: d, replacement: '${rest}$first' }",
      ],
      abc,
      { ...abc, d: "oof" },
    ],
    [
      "$0 is all, $$ is a $",
      ["{ source_labels: [a], target_label: d, replacement: $$$0$ }"],
      abc,
      { ...abc, d: "$foo$" },
    ],
    ["flags", ["{ source_labels: [a], regex: (?i)FOO, action: drop }"], abc, dropped],
    [
      "classes of Unicode",
      ["{ source_labels: [a], regex: '\\p{L}+', action: keep }"],
      { a: "größe" },
      { a: "größe" },
    ],
    [
      "characters beyond 16 bits are one",
      ["{ source_labels: [a], regex: ., action: keep }"],
      { a: "😀" },
      { a: "😀" },
    ],
    [
      "labelmap does not see what it has made",
      ["{ regex: (.*), replacement: x_$1, action: labelmap }"],
      { a: "1" },
      { a: "1", x_a: "1" },
    ],
    [
      "hashmod is of the bytes",
      ["{ source_labels: [a], target_label: d, action: hashmod, modulus: 18446744073709551615 }"],
      { a: "ü" },
      { a: "ü", d: "9379308578135398211" },
    ],
    [
      "letters for themselves",
      ["{ source_labels: [a], action: uppercase, target_label: a }"],
      { a: "straße" },
      { a: "STRAßE" },
    ],
  ])("%s", (_fact, rules, input, output) => {
    expect(relabel(input, rules)).toEqual(output);
  });
});

it("keeps the objects of labels that it does not change", () => {
  const apply = onlyPipeline(load(fileOf(["{ target_label: b, replacement: x }"]))).exporter.relabel;
  const a = { name: "a", value: "1" };
  expect(apply?.([a])?.[0]).toBe(a);
});

it("takes no time for expressions that others need years for", () => {
  const rules = ["{ source_labels: [a], regex: '(x+x+)+y', action: drop }"];
  expect(relabel({ a: "x".repeat(5000) }, rules)).toBeDefined();
});

it.each<[string, Labels, Labels]>([
  ["{ target_label: d, replacement: '${CLUSTER}' }", { CLUSTER: "a$1" }, { a: "x", d: "a$1" }],
  [
    "{ source_labels: [a], regex: '${PATTERN}', target_label: d, replacement: y }",
    { PATTERN: "x|y" },
    { a: "x", d: "y" },
  ],
  [
    "{ source_labels: [a], regex: '(?P<NAME>.)', target_label: d, replacement: '${NAME}' }",
    {},
    { a: "x", d: "x" },
  ],
  ["{ target_label: d, replacement: '${MISSING:-z}' }", {}, { a: "x", d: "z" }],
])("puts environment variables into %s", (rule, env, output) => {
  expect(relabel({ a: "x" }, [rule], env)).toEqual(output);
});

describe("says what is wrong:", () => {
  it.each([
    ["{ source_labels: [a], regex: 'a(' }", "regex: is no regular expression of RE2"],
    ["{ source_labels: [a], regex: '(?=a)b', target_label: d }", "regex: is no regular expression of RE2"],
    ["{ source_labels: [a], regex: '(a)\\1', target_label: d }", "regex: is no regular expression of RE2"],
    ["{ action: relabel }", "action: must be one of replace, keep, drop"],
    ["{ source_labels: [a] }", "target_label: is missing; replace needs it"],
    ["{ action: lowercase }", "target_label: is missing; lowercase needs it"],
    ["{ action: lowercase, target_label: '${3}' }", "target_label: is no label name"],
    ["{ target_label: '0${3}' }", "target_label: must give a label name"],
    ["{ target_label: '-${3}' }", "target_label: must give a label name"],
    ["{ target_label: 'a-b' }", "target_label: is no label name"],
    ["{ action: labelmap, regex: a, replacement: '-$1' }", "replacement: must give a label name"],
    ["{ action: hashmod, target_label: d }", "modulus: is missing"],
    ["{ action: hashmod, target_label: d, modulus: 0 }", "modulus: must be a whole number above 0"],
    ["{ action: labeldrop, regex: a, target_label: d }", "target_label: has no effect with labeldrop"],
    ["{ action: keepequal, target_label: d, regex: a }", "regex: has no effect with keepequal"],
    ["{ action: lowercase, target_label: d, replacement: x }", "replacement: has no effect with lowercase"],
    [
      "{ target_label: d, replacement: '${MISSING}' }",
      "replacement: the environment variable MISSING is not set",
    ],
    ["{ target_lable: d }", "target_lable: unknown key; did you mean target_label?"],
    ["text", "must be a mapping"],
  ])("%s", (rule, problem) => {
    const lines = problemsOf(() => load(fileOf([rule])));
    expect(lines.join("\n")).toContain(`config.yml:3: write_relabel_configs[0]`);
    expect(lines.join("\n")).toContain(problem);
  });

  it.each(["-label", "${", "$", "${}", "foo${", "-foo${1}bar-"])("the target %s", (target) => {
    expect(() => load(fileOf([`{ target_label: '${target}' }`]))).toThrow("target_label");
  });

  it.each(["label", "label${1}", "${1}label", "${1}", "$1", "asd$2asd", "_${1}_"])(
    "not the target %s",
    (target) => {
      expect(() => load(fileOf([`{ target_label: '${target}' }`]))).not.toThrow();
    },
  );
});

describe("warns of rules that nobody can mean:", () => {
  it.each([
    ["{ action: keep, regex: go_.* }", "action: drops every series, as there are no source_labels"],
    ["{ action: drop }", "action: drops every series, as there are no source_labels"],
    ["{ action: drop, regex: go_.* }", "action: has no effect, as there are no source_labels"],
    ["{ action: keep }", "action: has no effect, as there are no source_labels"],
    [
      "{ action: labeldrop }",
      "action: takes away __name__, without which no series can be sent; give a narrower",
    ],
    [
      "{ action: labelkeep, regex: job|instance }",
      "action: takes away __name__, without which no series can be sent; add it",
    ],
  ])("%s", (rule, warning) => {
    const { warnings } = load(fileOf([rule]));
    expect(warnings).toEqual([expect.stringContaining(`config.yml:3: write_relabel_configs[0].${warning}`)]);
  });

  it.each([
    "{ action: keep, source_labels: [__name__], regex: go_.* }",
    "{ action: drop, source_labels: [a], regex: '' }",
    "{ action: labeldrop, regex: tmp_.* }",
    "{ action: labelkeep, regex: '__name__|job' }",
  ])("but not of %s", (rule) => {
    expect(load(fileOf([rule])).warnings).toEqual([]);
  });
});

it("takes names in UTF-8 where the translation in code keeps them", () => {
  const file = fileOf(["{ source_labels: [http.route], target_label: a.b }"]);
  expect(() => load(file)).toThrow("target_label: is no label name");
  const options = { translator: { translationStrategy: "NoTranslation" } } as const;
  const apply = onlyPipeline(load(file, { options })).exporter.relabel;
  expect(apply?.([{ name: "http.route", value: "x" }])).toContainEqual({ name: "a.b", value: "x" });
});
