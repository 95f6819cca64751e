import { expect, it } from "vitest";
import { expandInLabel, expandVariables } from "./expand-variables.js";

const env = { NAME: "value", EMPTY: "", DOLLAR: "${NAME} $$", _x9: "x" };

function expand(text: string): { text: string; problems: string[] } {
  const problems: string[] = [];
  return { text: expandVariables(text, env, (problem) => problems.push(problem)), problems };
}

it.each([
  ["plain", "plain"],
  ["${NAME}", "value"],
  ["${env:NAME}", "value"],
  ["http://${NAME}/${_x9}", "http://value/x"],
  ["${EMPTY}", ""],
  ["${EMPTY:-default}", "default"],
  ["${MISSING:-default}", "default"],
  ["${MISSING:-}", ""],
  ["${NAME:-default}", "value"],
  ["${DOLLAR}", "${NAME} $$"],
  ["$${NAME}", "${NAME}"],
  ["$$${NAME}", "$value"],
  ["pa$$word", "pa$word"],
  ["pa$word$", "pa$word$"],
  ["$NAME", "$NAME"],
])("expands %s", (text, expanded) => {
  expect(expand(text)).toEqual({ text: expanded, problems: [] });
});

it("names a variable that is not set", () => {
  expect(expand("${MISSING}").problems).toEqual([
    "the environment variable MISSING is not set; set it, or write ${MISSING:-default}",
  ]);
});

it.each(["${}", "${1}", "${NAME", "${a-b}", "${ NAME }", "${env:}"])("refuses %s", (text) => {
  expect(expand(text).problems).toEqual([
    "has a ${…} that names no variable; write ${NAME} or ${NAME:-default}, and $${ for a plain ${",
  ]);
});

it.each([
  ["$NAME-$NAME", "value-value"],
  ["${NAME}", "value"],
  ["$$NAME", "$NAME"],
  ["$", "$"],
  ["a$1", "a$1"],
  ["${MISSING:-default}", "default"],
])("expands %s in a label", (text, expanded) => {
  expect(expandInLabel(text, env, () => expect.unreachable())).toBe(expanded);
});
