import { z } from "zod";

const passageShape = z.object({ title: z.string(), text: z.string() });
const orderShape = z.looseObject({
  number: z.string(),
  status: z.string(),
  items: z.array(z.looseObject({ name: z.string(), quantity: z.number() })),
  carrier: z.string().optional(),
  trackingUrl: z.string().optional(),
  expectedOn: z.string().optional(),
});
const resultShape = z.union([
  z.object({ error: z.string() }),
  z.object({ handoff: z.literal("opened") }),
  z.object({ shown: z.number() }),
  z.object({ button: z.literal("shown") }),
  z.object({ passages: z.array(passageShape) }),
  z.object({
    orders: z
      .array(z.unknown())
      .transform((found) => found.flatMap((order) => orderShape.safeParse(order).data ?? [])),
  }),
]);

/** A passage of the company's knowledge. */
export type Passage = z.infer<typeof passageShape>;

/** An order in the company's system. */
export type Order = z.infer<typeof orderShape>;

/** Parses the result of a tool; undefined for an unknown tool. */
export function readResult(result: unknown): z.infer<typeof resultShape> | undefined {
  return resultShape.safeParse(result).data;
}

/** The items in words, e.g. `poncho, 2 × mug`. */
export function itemsOf({ items }: Order): string {
  return items.map(({ name, quantity }) => (quantity === 1 ? name : `${quantity} × ${name}`)).join(", ");
}
