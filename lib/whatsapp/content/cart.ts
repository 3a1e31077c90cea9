import type { ChatCartLine, ChatContent } from "../../../contracts/chat.ts";
import { fieldOf, fieldsOf, listOf, numberOf, textOf } from "../../json/lenient.ts";
import { totalsKept, totalsOf } from "../inbound/fields/order-totals.ts";

/** Lines that a page shows. */
const MAX_LINES = 30;
const MAX_ID = 100;
const MAX_NOTE = 1_000;

/** A customer's cart as a page shows it; null when there is nothing in it. */
export function cart(object: unknown): ChatContent | null {
  const order = fieldsOf(object);
  const listed = listOf(fieldOf(order, "product_items"));
  const { lines, pieces, sums } = totalsKept(order) ?? totalsOf(listed);
  if (lines === 0) return null;
  return {
    kind: "order",
    items: listed.slice(0, MAX_LINES).map(lineOf),
    lines,
    pieces,
    sums: Object.entries(sums).map(([currency, amount]) => ({ currency, amount })),
    note: textOf(fieldOf(order, "text"), MAX_NOTE)?.trim() ?? "",
  };
}

function lineOf(item: unknown): ChatCartLine {
  const fields = fieldsOf(item);
  const quantity = numberOf(fieldOf(fields, "quantity") ?? 1);
  const [amount, currency] = [
    numberOf(fieldOf(fields, "item_price")),
    textOf(fieldOf(fields, "currency"), 8),
  ];
  return {
    product: textOf(fieldOf(fields, "product_retailer_id"), MAX_ID) ?? "",
    quantity: Number.isFinite(quantity) ? quantity : 0,
    price: currency !== null && Number.isFinite(amount) ? { amount, currency } : null,
  };
}
