/** One measured number of a benchmark. */
export interface Row {
  what: string;
  value: number;
  unit: string;
  /** What it should not exceed; null where nothing is promised. */
  limit: number | null;
}

/** A benchmark: measures and gives its rows. */
export type Bench = () => Promise<Row[]>;

/** The rows as a Markdown table, ready for docs/performance.md. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ what, value, unit, limit }) => [
    what,
    `${round(value)} ${unit}`,
    limit === null ? "" : `${value <= limit ? "within" : "OVER"} ${round(limit)} ${unit}`,
  ]);
  const all = [["what", "measured", "limit"], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = all;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...body.map(line)].join(
    "\n",
  );
}

const round = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en") : String(Math.round(value * 10) / 10);

/** The middle of a list of measurements. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
