import type { YAMLError } from "yaml";

const faults: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  BAD_DQ_ESCAPE: "an escape sequence in \"…\" is unknown; in '…' a backslash is just that",
  BAD_INDENT: "a bracket is not closed, or the indentation is not that of the lines around it",
  BAD_SCALAR_START: "a plain value cannot begin with this character; put the value in quotes",
  BLOCK_AS_IMPLICIT_KEY: 'a value holds ": ", which begins another key; put the value in quotes',
  DUPLICATE_KEY: "this key is there twice; keep one",
  MISSING_CHAR: "a closing quote, bracket or comma, or the space after a colon is missing",
  MULTILINE_IMPLICIT_KEY: "a key needs a colon and a space after it, on the same line",
  MULTIPLE_DOCS: "there is more than one document (---) in the file; keep one",
  TAB_AS_INDENT: "a tab is used for indentation; use spaces",
};

/** What is wrong with YAML, in words of ours: those of the parser quote the line, which may hold a secret. */
export function describeYamlFault({ code }: YAMLError): string {
  return `this is not valid YAML: ${faults[code] ?? "something here cannot be read"}`;
}
