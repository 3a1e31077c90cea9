/** One measured number of a benchmark. */
export interface Row {
  what: string;
  value: number;
  unit: string;
  /** Upper limit; null where none is promised. */
  limit: number | null;
}

/** Options of the command. */
export interface BenchOptions {
  /** Directory of public sets; null: none is given. */
  data: string | null;
}

/** A benchmark; returns its rows, or a table of its own. */
export type Bench = (options: BenchOptions) => Promise<readonly Row[] | string>;

/** The rows as a Markdown table, ready for docs/performance.md. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ what, value, unit, limit }) => [
    what,
    `${round(value)} ${unit}`,
    limit === null ? "" : `${value <= limit ? "within" : "OVER"} ${round(limit)} ${unit}`,
  ]);
  return grid([["what", "measured", "limit"], ...cells]);
}

/** Lines of cells as a Markdown table; the first line is the header. */
export function grid(lines: readonly (readonly string[])[]): string {
  const [head = [], ...body] = lines;
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [line(head), rule, ...body.map(line)].join("\n");
}

/** A number for display: one decimal below 100. */
export const round = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en") : String(Math.round(value * 10) / 10);

/** The middle of a list of measurements. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The value that this part (0 to 1) of the measurements does not exceed; 0 for an empty list. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}
