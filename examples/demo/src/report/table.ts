import { alignRow, type Column, columnWidths } from "./columns.js";
import type { Paint } from "./paint.js";
import type { TableSection } from "./table-rows.js";
import { wrapText } from "./wrap-text.js";

const columns: readonly Column[] = ["left", "right", "right", "left", "left"];
const headings = ["series", "recorded", "arrived", "", "buckets"];
const markColumn = 3;
const gap = "  ";
const indent = "  ";

/** The table as lines of at most `width` characters, colours not counted. */
export function renderTable(sections: readonly TableSection[], width: number, paint: Paint): string[] {
  const bodies = sections.map(cellRows);
  const widths = fit(columnWidths(columns, [headings, ...bodies.flat()]), width);
  const render = (row: readonly string[]): string[] => alignRow(columns, widths, row);
  const lines = [paint.dim(render(headings).join(gap).trimEnd())];
  for (const [index, section] of sections.entries()) {
    lines.push(...renderHeading(section, width, paint));
    for (const row of bodies[index] ?? []) {
      const mark = row[markColumn] === "✓" ? paint.good("✓") : paint.bad("✗");
      lines.push(render(row).with(markColumn, mark).join(gap).trimEnd());
    }
  }
  return lines;
}

/** The label values of a section stand below each other. */
function cellRows({ rows, labelNames }: TableSection): string[][] {
  const labelColumns = labelNames.map((): Column => "left");
  const widths = columnWidths(
    labelColumns,
    rows.map(({ labelValues }) => labelValues),
  );
  return rows.map(({ labelValues, recorded, arrived, buckets, same }) => {
    const labels = alignRow(labelColumns, widths, labelValues).join(gap).trimEnd();
    return [indent + (labels === "" ? "(no labels)" : labels), recorded, arrived, same ? "✓" : "✗", buckets];
  });
}

/** What is too much is taken from the first column, whose end is the least needed. */
function fit(widths: readonly number[], width: number): number[] {
  const [first = 0, ...others] = widths;
  const needed = others.reduce((sum, other) => sum + gap.length + other, 0);
  return [Math.max(10, Math.min(first, width - needed)), ...others];
}

function renderHeading({ name, type, labelNames }: TableSection, width: number, paint: Paint): string[] {
  const by = labelNames.length === 0 ? "" : `by ${labelNames.join(", ")}`;
  const oneLine = [name, type, by].filter((part) => part !== "").join(gap);
  if (oneLine.length <= width) return [paint.strong(name) + paint.dim(oneLine.slice(name.length))];
  return [
    paint.strong(name) + paint.dim(gap + type),
    ...wrapText(by, width, indent).map((line) => paint.dim(line)),
  ];
}
