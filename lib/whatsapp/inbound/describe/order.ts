import { fieldsOf, own } from "../../../json/lenient.ts";
import { say, some } from "./brackets.ts";

/** An order's items with quantities and prices, and what they come to where that can be known. */
export function orderDetails(items: readonly unknown[]): string[] {
  return [...some(items, 50, orderLine), total(items)];
}

function orderLine(item: unknown): string {
  const fields = fieldsOf(item);
  const [product, quantity] = [say(fields, "product_retailer_id"), say(fields, "quantity")];
  const price = [say(fields, "item_price"), say(fields, "currency")].filter(Boolean).join(" ");
  return [`${quantity || "1"} × ${product || "product"}`, price].filter(Boolean).join(" at ");
}

/** The sum, for a model that adds badly; empty for fewer than two pieces, or if a price is missing or currencies differ. */
function total(items: readonly unknown[]): string {
  const lines = items.map(fieldsOf).map((fields) => ({
    quantity: Number(own(fields, "quantity") ?? 1),
    price: Number(own(fields, "item_price") ?? Number.NaN),
    currency: say(fields, "currency"),
  }));
  const [first] = lines;
  const sum = lines.reduce((so, { quantity, price }) => so + quantity * price, 0);
  const pieces = lines.reduce((so, { quantity }) => so + quantity, 0);
  if (!first?.currency || !Number.isFinite(sum) || sum <= 0 || !(pieces > 1)) return "";
  return lines.every(({ currency }) => currency === first.currency)
    ? `${Math.round(sum * 100) / 100} ${first.currency} in all`
    : "";
}
