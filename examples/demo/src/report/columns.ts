/** At which side the texts of a column stand. */
export type Column = "left" | "right";

/** The width that each column needs for these rows. */
export function columnWidths(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  return columns.map((_, index) => Math.max(0, ...rows.map((row) => (row[index] ?? "").length)));
}

/** Pads each cell to its column. A cell that is too long loses its end, and says so by an ellipsis. */
export function alignRow(
  columns: readonly Column[],
  widths: readonly number[],
  row: readonly string[],
): string[] {
  return columns.map((side, index) => {
    const width = widths[index] ?? 0;
    const cell = row[index] ?? "";
    const text = cell.length > width ? `${cell.slice(0, Math.max(0, width - 1))}…`.slice(0, width) : cell;
    return side === "left" ? text.padEnd(width) : text.padStart(width);
  });
}
