import { type Fields, fieldOf, fieldsOf, listOf, numberOf, textOf } from "../../../json/lenient.ts";

/** Counts and sums of all lines of an order, because models add badly and long orders are cut. */
export interface OrderTotals {
  lines: number;
  pieces: number;
  /** By currency. */
  sums: Record<string, number>;
  /** Lines without a price, a currency or a quantity. */
  unpriced: number;
}

/** Currencies summed; an order has one. */
const MAX_CURRENCIES = 5;

/** Totals of these lines. */
export function totalsOf(items: readonly unknown[]): OrderTotals {
  const sums = new Map<string, number>();
  let [pieces, unpriced] = [0, 0];
  for (const item of items) {
    const fields = fieldsOf(item);
    const quantity = numberOf(fieldOf(fields, "quantity") ?? 1);
    const price = numberOf(fieldOf(fields, "item_price"));
    const currency = textOf(fieldOf(fields, "currency"), 8);
    if (quantity > 0) pieces += quantity;
    const known = currency !== null && (sums.has(currency) || sums.size < MAX_CURRENCIES);
    if (!known || !Number.isFinite(quantity * price)) unpriced += 1;
    else sums.set(currency, (sums.get(currency) ?? 0) + quantity * price);
  }
  const rounded = [...sums].map(([currency, sum]) => [currency, Math.round(sum * 100) / 100] as const);
  return { lines: items.length, pieces, sums: Object.fromEntries(rounded), unpriced };
}

/** An order's object with its totals, for one that has to be cut before it is stored. */
export function withTotals(order: Fields): Fields {
  const totals = totalsOf(listOf(fieldOf(order, "product_items")));
  return { totals, ...Object.fromEntries(Object.entries(order).filter(([key]) => key !== "totals")) };
}

/** The totals that `withTotals` kept; null for an order that was stored whole. */
export function totalsKept(order: Fields): OrderTotals | null {
  const kept = fieldsOf(fieldOf(order, "totals"));
  const [lines, pieces, unpriced] = ["lines", "pieces", "unpriced"].map((key) =>
    numberOf(fieldOf(kept, key)),
  );
  if (fieldOf(order, "truncated") !== true || !lines) return null;
  const sums = Object.entries(fieldsOf(fieldOf(kept, "sums"))).map(([currency, sum]) => [
    currency,
    numberOf(sum),
  ]);
  return { lines, pieces: pieces ?? 0, unpriced: unpriced ?? 0, sums: Object.fromEntries(sums) };
}
