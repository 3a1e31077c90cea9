import type { AuditEntry } from "../../../contracts/console/access.ts";

const COLUMNS = "time,operator,act,conversation,detail\r\n";
/** Spreadsheets know UTF-8 by it. */
const BYTE_ORDER_MARK = "\uFEFF";
/** First characters with which a spreadsheet takes a cell for a formula. */
const FORMULA = /^\s*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/** The beginning of the file. */
export const csvHead = (): string => BYTE_ORDER_MARK + COLUMNS;

/** One line of the file, with CRLF as RFC 4180 has it. */
export function csvLine({ at, operator, act, conversationId, detail }: AuditEntry): string {
  const says = Object.entries(detail)
    .map(([name, value]) => `${name}: ${value}`)
    .join("; ");
  return `${[new Date(at).toISOString(), operator, act, conversationId ?? "", says].map(cell).join(",")}\r\n`;
}

/** A cell in quotes; an apostrophe keeps a spreadsheet from running it. */
function cell(text: string): string {
  return `"${FORMULA.test(text) ? "'" : ""}${text.replaceAll('"', '""')}"`;
}
