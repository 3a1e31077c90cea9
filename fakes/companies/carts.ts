import type { Handler } from "hono";
import { z } from "zod";
import type { Product } from "./catalogs.ts";
import type { Verified } from "./signed.ts";

const cartSchema = z.object({
  items: z.array(z.object({ id: z.string(), quantity: z.int().min(1), price: z.string() })).min(1),
  total: z.string(),
  currency: z.string(),
});

/** An order as it was placed. */
export interface Placed {
  code: string;
  customer: string;
  items: { name: string; quantity: number }[];
  total: string;
  currency: string;
}

interface Counter {
  products: readonly Product[];
  /** Code of the order that is the first, second, … */
  code(nth: number): string;
  onPlaced?(order: Placed): void;
}

/** Takes carts, each once by its idempotency key. A price comes from the customer's phone, so one that is not the catalogue's is refused. */
export function takeCarts({ products, code, onPlaced }: Counter): Handler<Verified> {
  const placed = new Map<string, Placed>();
  const productOf = ({ id, price }: { id: string; price: string }): Product | undefined =>
    products.find((product) => product.id === id && product.price === Number(price));
  return async (context) => {
    const key = context.req.header("idempotency-key") ?? "";
    const before = placed.get(key);
    if (before) return context.json(shown(before));
    const { items, total, currency } = cartSchema.parse(await context.req.json());
    const ordered = items.flatMap((item) => {
      const product = productOf(item);
      return product?.currency === currency ? [{ name: product.name, quantity: item.quantity }] : [];
    });
    if (ordered.length < items.length) return context.json({ error: "prices have changed" }, 409);
    const order = {
      code: code(placed.size + 1),
      customer: context.get("customer"),
      ...{ items: ordered, total, currency },
    };
    placed.set(key, order);
    onPlaced?.(order);
    return context.json(shown(order));
  };
}

const shown = ({ customer: _own, ...order }: Placed) => order;
