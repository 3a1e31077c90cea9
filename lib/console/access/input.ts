import { z } from "zod";
import { cleanText } from "../../json/clean.ts";

/** Marks that change the direction of writing or show nothing: a name must not look like another one. */
const INVISIBLE = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/** An e-mail address in ASCII and lower case: letters of other scripts look alike, and nobody may have two accounts. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "use at most 254 characters")
  .regex(/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/, "this is no e-mail address");

/** A person's name on one line. */
export const personName = z
  .string()
  .max(1_000)
  .transform((text) => cleanText(text.replace(INVISIBLE, "").replace(/\s+/g, " "), 80).trim())
  .refine((text) => text !== "", "write a name");

export const role = z.enum(["viewer", "agent", "owner"]);
export const token = z.string().regex(/^[\w-]{43}$/, "the link is incomplete");
export const uuid = z.uuid();
