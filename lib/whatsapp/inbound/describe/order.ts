import { type Fields, fieldsOf } from "../../../json/lenient.ts";
import { type OrderTotals, totalsKept, totalsOf } from "../fields/order-totals.ts";
import { firstFew, oneLine, textIn } from "./brackets.ts";

/** Lines shown one by one. */
const MAX_LINES = 200;
/** From here on the sums come first, since the end of a long text may be cut. */
const LONG = 10;

/** Items of an order with quantities and prices, and their count and sums, which stay whatever is cut. */
export function orderDetails(order: Fields, items: readonly unknown[]): string[] {
  const totals = totalsKept(order) ?? totalsOf(items);
  const lines = firstFew(items, { max: MAX_LINES, of: totals.lines, describe: orderLine });
  const sums = sumsIn(totals);
  return totals.lines > LONG ? [`${totals.lines} lines`, ...sums, ...lines] : [...lines, ...sums];
}

function orderLine(item: unknown): string {
  const fields = fieldsOf(item);
  const [product, quantity] = [textIn(fields, "product_retailer_id"), textIn(fields, "quantity")];
  const price = [textIn(fields, "item_price"), textIn(fields, "currency")].filter(Boolean).join(" ");
  return [`${quantity || "1"} × ${product || "product"}`, price].filter(Boolean).join(" at ");
}

/** Nothing for one piece, whose price says it. */
function sumsIn({ lines, pieces, sums, unpriced }: OrderTotals): string[] {
  const amounts = Object.entries(sums).filter(([, sum]) => sum > 0);
  if (!(pieces > 1) || amounts.length === 0) return [];
  const said = amounts.map(([currency, sum]) => `${sum} ${oneLine(currency)}`).join(" and ");
  return [unpriced > 0 ? `${said} for ${lines - unpriced} of ${lines} lines` : `${said} in all`];
}
