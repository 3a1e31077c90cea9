import type { ReactNode } from "react";

/** One cell of the table behind a chart. */
export interface TableCell {
  /** As the page shows it. */
  text: string;
  /** As CSV has it: plain numbers, ISO times. */
  value: string | number | null;
  /** Something to do about it, e.g. a link; only while the table is shown. */
  act?: ReactNode;
}

/** The figures behind a chart. */
export interface Table {
  columns: readonly string[];
  /** The first cell of each row names it. */
  rows: readonly (readonly TableCell[])[];
}

/** A cell; without a value of its own, CSV has the text. */
export const cell = (text: string, value: TableCell["value"] = text): TableCell => ({ text, value });

// A spreadsheet would run what begins like this.
const RUNS = new Set(["=", "+", "-", "@", "\t", "\r"]);

/** A table as CSV. Words that a spreadsheet would run as a formula are made text. */
export function csvOf({ columns, rows }: Table): string {
  const lines = [columns.map(quoted), ...rows.map((row) => row.map(({ value }) => field(value)))];
  return `${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

const field = (value: TableCell["value"]): string =>
  value === null ? "" : typeof value === "number" ? String(value) : quoted(value);

const quoted = (text: string): string =>
  `"${RUNS.has(text.charAt(0)) ? "'" : ""}${text.replaceAll('"', '""')}"`;

/** Saves a table as a file. */
export function saveCsv(title: string, table: Table): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csvOf(table)], { type: "text/csv" }));
  link.download = `${fileName(title)}-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Letters and digits of a title; others become one hyphen. */
const fileName = (title: string): string =>
  title
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join("-");
