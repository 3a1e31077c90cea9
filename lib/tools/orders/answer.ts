/** What an order system is asked, and what it answers. */
import { z } from "zod";
import { cleanText } from "../../json/clean.ts";
import type { Json } from "../../types/json.ts";
import type { JsonSchema } from "../../types/tools/declared.ts";

/** Input of every tool that reads an order system; without a number it answers the latest orders. */
export const ORDERS_INPUT: JsonSchema = {
  type: "object",
  properties: { number: { type: ["string", "null"], maxLength: 64, description: "The order's number" } },
};

const line = z
  .string()
  .max(300)
  .transform((text) => cleanText(text, 300));
const absent = (value: string | null | undefined) => value ?? undefined;
const answerSchema = z.object({
  orders: z
    .array(
      z.object({
        number: line,
        status: line,
        placedOn: line,
        items: z.array(z.object({ name: line, quantity: z.number() })).max(100),
        total: line,
        carrier: line.nullish().transform(absent),
        // Length first, because host names with many accents take quadratic time to parse.
        trackingUrl: z
          .string()
          .max(500)
          .pipe(z.url({ protocol: /^https?$/ }))
          .transform((text) => cleanText(text, 500))
          .nullish()
          .transform(absent),
        expectedOn: line.nullish().transform(absent),
      }),
    )
    .max(50),
});

/** The orders of an answer, cleaned; null when it breaks the protocol. */
export function ordersIn(answer: unknown): Json[] | null {
  const { data } = answerSchema.safeParse(answer);
  // Fields that are not known are left out, as in JSON.
  return data ? (JSON.parse(JSON.stringify(data.orders)) as Json[]) : null;
}
