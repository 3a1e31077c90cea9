import { z } from "zod";
import { filled } from "./content.ts";

const maybe = filled.optional();

const name = z
  .strictObject({
    formatted_name: filled,
    first_name: maybe,
    last_name: maybe,
    middle_name: maybe,
    suffix: maybe,
    prefix: maybe,
  })
  .refine((value) => Object.keys(value).length > 1, {
    message: "Besides formatted_name at least one other part of the name is required.",
    path: ["first_name"],
  });

const card = z.strictObject({
  name,
  phones: z.array(z.strictObject({ phone: filled, type: maybe, wa_id: maybe })).optional(),
  emails: z.array(z.strictObject({ email: filled, type: maybe })).optional(),
  urls: z.array(z.strictObject({ url: filled, type: maybe })).optional(),
  org: z.strictObject({ company: maybe, department: maybe, title: maybe }).optional(),
  addresses: z
    .array(
      z.strictObject({
        street: maybe,
        city: maybe,
        state: maybe,
        zip: maybe,
        country: maybe,
        country_code: maybe,
        type: maybe,
      }),
    )
    .optional(),
  birthday: z.iso.date().optional(),
});

/** Under `contacts`: at most 257 cards (Meta, contacts messages). */
export const contacts = z.array(card).min(1).max(257);
