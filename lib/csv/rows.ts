/** A row of a CSV. */
export interface Row {
  cells: string[];
  /** Where it begins, from 1. */
  line: number;
  /** A quote is opened in it and never closed. */
  unclosed: boolean;
}

/** Rows of RFC 4180, without empty ones; commas, semicolons or tabs between cells. */
export function rowsOf(text: string): Row[] {
  const separator = separatorOf(text);
  const rows: Row[] = [];
  let row: Row = { cells: [], line: 1, unclosed: false };
  let cell = "";
  // Kept, because to look at a long cell again for each quote takes time in the square of its length.
  let blank = true;
  let quoted = false;
  let line = 1;
  const add = (sign: string) => {
    cell += sign;
    blank &&= sign.trim() === "";
  };
  const clear = () => {
    cell = "";
    blank = true;
  };
  const endRow = () => {
    row.cells.push(cell);
    if (row.cells.some((each) => each.trim() !== "")) rows.push(row);
    row = { cells: [], line: line + 1, unclosed: false };
    clear();
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign === "\n") line += 1;
      if (sign !== '"') add(sign);
      else if (text[at + 1] === '"') add(text.charAt(++at));
      else quoted = false;
    } else if (sign === '"' && blank) {
      quoted = true;
      clear();
    } else if (sign === separator) {
      row.cells.push(cell);
      clear();
    } else if (sign === "\n") {
      endRow();
      line += 1;
    } else if (sign !== "\r") add(sign);
  }
  row.unclosed = quoted;
  if (cell !== "" || row.cells.length > 0) endRow();
  return rows;
}

/** The separator that the first line has most of. */
function separatorOf(text: string): string {
  const [first = ""] = text.slice(0, 1_000).split("\n", 1);
  const count = (sign: string) => first.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
