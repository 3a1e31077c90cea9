import { z } from "zod";
import { words } from "./content.ts";

const some = words(1000);
const kind = some.optional();

const name = z
  .strictObject({
    formatted_name: some,
    first_name: some.optional(),
    last_name: some.optional(),
    middle_name: some.optional(),
    suffix: some.optional(),
    prefix: some.optional(),
  })
  .refine((value) => Object.keys(value).length > 1, {
    message: "Besides formatted_name at least one other part of the name is required.",
    path: ["first_name"],
  });

const card = z.strictObject({
  name,
  phones: z.array(z.strictObject({ phone: some, type: kind, wa_id: some.optional() })).optional(),
  emails: z.array(z.strictObject({ email: some, type: kind })).optional(),
  urls: z.array(z.strictObject({ url: some, type: kind })).optional(),
  org: z
    .strictObject({ company: some.optional(), department: some.optional(), title: some.optional() })
    .optional(),
  addresses: z
    .array(
      z.strictObject({
        street: some.optional(),
        city: some.optional(),
        state: some.optional(),
        zip: some.optional(),
        country: some.optional(),
        country_code: some.optional(),
        type: kind,
      }),
    )
    .optional(),
  birthday: z.iso.date().optional(),
});

/** Under `contacts`: at most 257 cards (Meta, contacts messages). */
export const contacts = z.array(card).min(1).max(257);
