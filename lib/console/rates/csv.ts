/** Prices of a CSV: Meta's own card, or the file that the page saves. All of it or the wrong lines. */
import type { Rate, RateCategory } from "../../../contracts/console/money.ts";
import { type Row, rowsOf } from "../../csv/rows.ts";
import { marketNamed } from "../../insight/markets.ts";
import { RATE_CATEGORIES } from "../../insight/rates.ts";
import { priceUsd, validFrom } from "./input.ts";

interface CsvProblem {
  line: number;
  message: string;
}

const MOST_ROWS = 2_000;
const MOST_PROBLEMS = 50;
/** Meta's card says its date and notes above the names of the columns. */
const MOST_LINES_ABOVE = 20;
const MAX_NAME = 60;
const DOLLARS = new Set(["", "usd", "$us", "us$", "$"]);
const NO_PRICE = new Set(["", "n/a", "na", "-", "--", "–"]);

/** Columns by name: those of one price a line, or one column for each category. */
type Columns = Readonly<Record<string, number>>;

/** Reads a file of prices; `day` holds for lines that name none. */
export function ratesOfCsv(text: string, day: string): { rates: Rate[] } | { problems: CsvProblem[] } {
  const rows = rowsOf(text.replace(/^\uFEFF/, ""));
  const head = rows
    .slice(0, MOST_LINES_ABOVE)
    .findIndex(({ cells }) => cells.some((cell) => nameOf(cell) === "market"));
  const header = rows[head];
  if (header === undefined)
    return wrong(
      1,
      "no line names the columns: market, category, price_usd and valid_from, or those of Meta's card",
    );
  const columns = columnsOf(header);
  const isLong = "category" in columns;
  if (isLong && !("price_usd" in columns)) return wrong(header.line, "the column price_usd is missing");
  if (!isLong && !RATE_CATEGORIES.some((category) => category in columns))
    return wrong(header.line, `no column is named after a category: ${RATE_CATEGORIES.join(", ")}`);
  const lines = rows.slice(head + 1);
  if (lines.length > MOST_ROWS)
    return wrong(lines[MOST_ROWS]?.line ?? 1, `more than ${MOST_ROWS} lines: import the file in parts`);
  const reader = createReader(columns, day);
  for (const line of lines) reader.read(line);
  return reader.end();
}

function createReader(columns: Columns, day: string) {
  const rates: Rate[] = [];
  const problems: CsvProblem[] = [];
  const seen = new Map<string, number>();
  const add = (row: Row, note: (message: string) => void, category: RateCategory, text: string) => {
    const market = marketNamed(cellOf(row, columns, "market"));
    const from = validFrom.safeParse(cellOf(row, columns, "valid_from") || day);
    const price = priceUsd.safeParse(numberIn(text));
    if (!from.success) note(`valid_from ${messageOf(from)}`);
    if (!price.success) note(`the price of ${category} ${messageOf(price)}`);
    if (market === null || !from.success || !price.success) return;
    const key = [market, category, from.data].join(" ");
    const before = seen.get(key);
    if (before !== undefined) note(`repeats ${category} of line ${before}`);
    seen.set(key, row.line);
    rates.push({ market, category, priceUsd: price.data, validFrom: from.data });
  };
  return {
    read(row: Row) {
      const note = (message: string) => problems.push({ line: row.line, message });
      if (row.unclosed) note("a quote is opened and never closed");
      const name = cellOf(row, columns, "market");
      if (marketNamed(name) === null)
        note(`“${name.slice(0, MAX_NAME)}” is not a market of Meta's card, nor a country's two letters`);
      const currency = cellOf(row, columns, "currency").toLowerCase();
      if (!DOLLARS.has(currency)) note("the price is not in US dollars: take Meta's card in USD");
      for (const [category, text] of pricesIn(row, columns, note)) add(row, note, category, text);
    },
    end: () =>
      problems.length > 0
        ? { problems: problems.slice(0, MOST_PROBLEMS) }
        : rates.length === 0
          ? wrong(1, "the file has no price")
          : { rates },
  };
}

/** Categories with the text of their price, as far as a line has some. */
function pricesIn(row: Row, columns: Columns, note: (message: string) => void): [RateCategory, string][] {
  if (!("category" in columns))
    return RATE_CATEGORIES.filter(
      (category) => category in columns && !NO_PRICE.has(cellOf(row, columns, category).toLowerCase()),
    ).map((category) => [category, cellOf(row, columns, category)]);
  const category = RATE_CATEGORIES.find((each) => each === nameOf(cellOf(row, columns, "category")));
  if (category) return [[category, cellOf(row, columns, "price_usd")]];
  note(`category must be one of ${RATE_CATEGORIES.join(", ")}`);
  return [];
}

const columnsOf = ({ cells }: Row): Columns =>
  Object.fromEntries(cells.map((cell, place): [string, number] => [nameOf(cell), place]).reverse());

/** `Authentication-\nInternational` of the card is `authentication_international`. */
const nameOf = (cell: string): string =>
  cell
    .slice(0, MAX_NAME)
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean)
    .join("_");

const cellOf = ({ cells }: Row, columns: Columns, name: string): string =>
  cells[columns[name] ?? -1]?.trim() ?? "";

/** A price in dollars, with a point or a comma; NaN for anything else. */
function numberIn(text: string): number {
  const [, digits] = /^(?:US)?\$? ?(\d{1,6}(?:[.,]\d{1,8})?)$/.exec(text.slice(0, MAX_NAME)) ?? [];
  return digits === undefined ? Number.NaN : Number(digits.replace(",", "."));
}

const messageOf = ({ error }: { error: { issues: { message: string }[] } }): string =>
  error.issues[0]?.message ?? "is not valid";

const wrong = (line: number, message: string) => ({ problems: [{ line, message }] });
