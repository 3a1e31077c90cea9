import { fieldOf, fieldsOf } from "../../../json/lenient.ts";
import { firstFew, textIn } from "./brackets.ts";

/** Items of an order with quantities and prices, and the total if it can be computed. */
export function orderDetails(items: readonly unknown[]): string[] {
  return [...firstFew(items, 50, orderLine), total(items)];
}

function orderLine(item: unknown): string {
  const fields = fieldsOf(item);
  const [product, quantity] = [textIn(fields, "product_retailer_id"), textIn(fields, "quantity")];
  const price = [textIn(fields, "item_price"), textIn(fields, "currency")].filter(Boolean).join(" ");
  return [`${quantity || "1"} × ${product || "product"}`, price].filter(Boolean).join(" at ");
}

/** Total, because models add badly; empty for fewer than two pieces, a missing price or different currencies. */
function total(items: readonly unknown[]): string {
  const lines = items.map(fieldsOf).map((fields) => ({
    quantity: Number(fieldOf(fields, "quantity") ?? 1),
    price: Number(fieldOf(fields, "item_price") ?? Number.NaN),
    currency: textIn(fields, "currency"),
  }));
  const [first] = lines;
  const sum = lines.reduce((so, { quantity, price }) => so + quantity * price, 0);
  const pieces = lines.reduce((so, { quantity }) => so + quantity, 0);
  if (!first?.currency || !Number.isFinite(sum) || sum <= 0 || !(pieces > 1)) return "";
  return lines.every(({ currency }) => currency === first.currency)
    ? `${Math.round(sum * 100) / 100} ${first.currency} in all`
    : "";
}
