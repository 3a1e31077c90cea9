import { cleanText } from "../../json/clean.ts";
import { fieldOf, fieldsOf, listOf, numberOf, textOf } from "../../json/lenient.ts";
import type { CartProblem } from "../../language/carts.ts";
import { CART_BOUNDS } from "../../tools/check/cart.ts";
import type { StoredMessage } from "../../types/conversation.ts";

interface CartItem {
  id: string;
  quantity: number;
  /** As a decimal number. */
  price: string;
  currency: string;
}

/** A customer's cart as it is handed over: the input of a tool that takes orders. */
export type Cart = {
  items: { id: string; quantity: number; price: string; currency: string }[];
  lines: number;
  pieces: number;
  /** Exact, with the currency's decimals. */
  total: string;
  currency: string;
  catalog?: string;
  note?: string;
};

const AMOUNT = /^(\d{1,12})(?:\.(\d{1,6}))?$/;

/** The cart of an `order` message, or why it cannot be handed over as it is. */
export function readCart({ content }: Pick<StoredMessage, "content">): Cart | CartProblem {
  const order = fieldsOf(content);
  // What was cut when it was stored is not the customer's cart any more.
  if (fieldOf(order, "truncated") === true) return "too_large";
  const listed = listOf(fieldOf(order, "product_items"));
  if (listed.length === 0) return "empty";
  if (listed.length > CART_BOUNDS.lines) return "too_large";
  const note = cleanText(
    textOf(fieldOf(order, "text"), Number.POSITIVE_INFINITY) ?? "",
    CART_BOUNDS.note + 1,
  );
  if (note.length > CART_BOUNDS.note) return "too_large";
  const items: CartItem[] = [];
  for (const each of listed) {
    const item = readItem(each);
    if (typeof item === "string") return item;
    items.push(item);
  }
  const [currency = "", ...more] = new Set(items.map((item) => item.currency));

  if (more.length > 0) return "currencies";
  const catalog = textOf(fieldOf(order, "catalog_id"), CART_BOUNDS.id);
  return {
    ...priced(items, currency),
    lines: items.length,
    pieces: items.reduce((sum, { quantity }) => sum + quantity, 0),
    currency,
    ...(catalog !== null && { catalog }),
    ...(note.trim() !== "" && { note: note.trim() }),
  };
}

function readItem(given: unknown): CartItem | CartProblem {
  const fields = fieldsOf(given);
  const id = textOf(fieldOf(fields, "product_retailer_id"), CART_BOUNDS.id + 1)?.trim() ?? "";
  if (id === "" || id.length > CART_BOUNDS.id) return "unreadable";
  const quantity = numberOf(fieldOf(fields, "quantity"));
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > CART_BOUNDS.quantity) return "quantity";
  const price = String(fieldOf(fields, "item_price") ?? "");
  const currency = textOf(fieldOf(fields, "currency"), 8) ?? "";
  if (!AMOUNT.test(price) || !/^[A-Z]{3}$/.test(currency)) return "unreadable";
  return { id: cleanText(id, CART_BOUNDS.id), quantity, price, currency };
}

/** Prices and their sum with as many decimals as the currency or a price has; whole numbers, since fractions of binary numbers add up wrong. */
function priced(items: readonly CartItem[], currency: string): Pick<Cart, "items" | "total"> {
  const decimals = Math.max(
    decimalsOf(currency),
    ...items.map(({ price }) => AMOUNT.exec(price)?.[2]?.length ?? 0),
  );
  const units = items.map(({ price }) => unitsOf(price, decimals));
  const total = items.reduce((sum, { quantity }, at) => sum + BigInt(quantity) * (units[at] ?? 0n), 0n);
  return {
    items: items.map((item, at) => ({ ...item, price: amountOf(units[at] ?? 0n, decimals) })),
    total: amountOf(total, decimals),
  };
}

function decimalsOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

function unitsOf(price: string, decimals: number): bigint {
  const [, whole = "0", part = ""] = AMOUNT.exec(price) ?? [];
  return BigInt(whole + part.padEnd(decimals, "0"));
}

function amountOf(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
