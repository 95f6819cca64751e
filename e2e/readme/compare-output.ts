/** Stands for any text within its line, for what differs between runs: times, ports, process ids. */
const wildcard = "…";

/**
 * The output with every line replaced by the expected one where that matches, so that a plain comparison of the two
 * shows what differs, and nothing else. White space at the end of a line does not count.
 */
export function alignOutput(actual: string, expected: string): string {
  const expectedLines = toLines(expected);
  return toLines(actual)
    .map((line, index) => {
      const pattern = expectedLines[index];
      return pattern !== undefined && matches(line, pattern) ? pattern : line;
    })
    .join("\n");
}

export function normalizeOutput(text: string): string {
  return toLines(text).join("\n");
}

function toLines(text: string): string[] {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.trimEnd());
}

function matches(line: string, pattern: string): boolean {
  const parts = pattern.split(wildcard).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "u").test(line);
}
