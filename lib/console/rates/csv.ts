/** Prices of a CSV: Meta's own card, or the file that the page saves. All of it or the wrong lines. */
import type { Rate, RateCategory, RateProblem, RateProblemCode } from "../../../contracts/console/money.ts";
import { type Row, rowsOf } from "../../csv/rows.ts";
import { marketNamed } from "../../insight/markets.ts";
import { RATE_CATEGORIES } from "../../insight/rates.ts";
import { priceUsd, validFrom } from "./input.ts";

/** Notes what is wrong with a line, in English, and what it is about. */
type Note = (code: RateProblemCode, message: string, about?: string) => void;

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
export function ratesOfCsv(text: string, day: string): { rates: Rate[] } | { problems: RateProblem[] } {
  const rows = rowsOf(text.replace(/^\uFEFF/, ""));
  const head = rows
    .slice(0, MOST_LINES_ABOVE)
    .findIndex(({ cells }) => cells.some((cell) => nameOf(cell) === "market"));
  const header = rows[head];
  if (header === undefined)
    return wrong(
      1,
      "no_columns",
      "no line names the columns: market, category, price_usd and valid_from, or those of Meta's card",
    );
  const columns = columnsOf(header);
  const isLong = "category" in columns;
  if (isLong && !("price_usd" in columns))
    return wrong(header.line, "no_price_column", "the column price_usd is missing");
  if (!isLong && !RATE_CATEGORIES.some((category) => category in columns))
    return wrong(
      header.line,
      "no_category_column",
      `no column is named after a category: ${RATE_CATEGORIES.join(", ")}`,
    );
  const lines = rows.slice(head + 1);
  if (lines.length > MOST_ROWS)
    return wrong(
      lines[MOST_ROWS]?.line ?? 1,
      "too_many_lines",
      `more than ${MOST_ROWS} lines: import the file in parts`,
    );
  const reader = createReader(columns, day);
  for (const line of lines) reader.read(line);
  return reader.end();
}

function createReader(columns: Columns, day: string) {
  const rates: Rate[] = [];
  const problems: RateProblem[] = [];
  const seen = new Map<string, number>();
  const add = (row: Row, note: Note, category: RateCategory, text: string) => {
    const market = marketNamed(cellOf(row, columns, "market"));
    const from = validFrom.safeParse(cellOf(row, columns, "valid_from") || day);
    const price = priceUsd.safeParse(numberIn(text));
    if (!from.success) note("day", `valid_from ${messageOf(from)}`);
    if (!price.success) note("price", `the price of ${category} ${messageOf(price)}`, category);
    if (market === null || !from.success || !price.success) return;
    const key = [market, category, from.data].join(" ");
    const before = seen.get(key);
    if (before !== undefined) note("repeated", `repeats ${category} of line ${before}`, String(before));
    seen.set(key, row.line);
    rates.push({ market, category, priceUsd: price.data, validFrom: from.data });
  };
  return {
    read(row: Row) {
      const note: Note = (code, message, about = "") => {
        problems.push({ line: row.line, code, about, message });
      };
      if (row.unclosed) note("open_quote", "a quote is opened and never closed");
      const name = cellOf(row, columns, "market");
      if (marketNamed(name) === null)
        note(
          "market",
          `“${name.slice(0, MAX_NAME)}” is not a market of Meta's card, nor a country's two letters`,
          name.slice(0, MAX_NAME),
        );
      const currency = cellOf(row, columns, "currency").toLowerCase();
      if (!DOLLARS.has(currency)) note("currency", "the price is not in US dollars: take Meta's card in USD");
      for (const [category, text] of pricesIn(row, columns, note)) add(row, note, category, text);
    },
    end: () =>
      problems.length > 0
        ? { problems: problems.slice(0, MOST_PROBLEMS) }
        : rates.length === 0
          ? wrong(1, "no_price", "the file has no price")
          : { rates },
  };
}

/** Categories with the text of their price, as far as a line has some. */
function pricesIn(row: Row, columns: Columns, note: Note): [RateCategory, string][] {
  if (!("category" in columns))
    return RATE_CATEGORIES.filter(
      (category) => category in columns && !NO_PRICE.has(cellOf(row, columns, category).toLowerCase()),
    ).map((category) => [category, cellOf(row, columns, category)]);
  const category = RATE_CATEGORIES.find((each) => each === nameOf(cellOf(row, columns, "category")));
  if (category) return [[category, cellOf(row, columns, "price_usd")]];
  const named = cellOf(row, columns, "category").slice(0, MAX_NAME);
  note("category", `category must be one of ${RATE_CATEGORIES.join(", ")}`, named);
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

const wrong = (line: number, code: RateProblemCode, message: string) => ({
  problems: [{ line, code, about: "", message }],
});
