import { z } from "zod";
import { MODEL_PROFILES } from "../config/profiles.ts";
import { cleanText } from "../json/clean.ts";
import { unquoted } from "../language/marks.ts";
import type { CompanyProfile, OwnIntent } from "../types/company.ts";
import { openingHoursSchema } from "./opening-hours.ts";

/** Most passages of a company, and characters of all of them together. */
export const MOST_PASSAGES = 1_000;
export const MOST_PASSAGE_CHARACTERS = 1_000_000;

/** Text without the control characters that terminals and databases must not get. */
const text = (most: number) =>
  z
    .string()
    .transform((given) => cleanText(given, given.length).trim())
    .pipe(z.string().max(most, `is longer than ${most} characters`));
const words = (most: number) => text(most).pipe(z.string().min(1, "is empty"));
const templateLanguage = z
  .string()
  .regex(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/, "is not a language as Meta names it, such as es or pt_BR")
  .exactOptional();
/** The approved template that reopens a conversation, by language. */
const reengagementSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9_]{1,512}$/, "is not a template's name: a-z, 0-9 and _, as in WhatsApp Manager"),
  languageCodes: z
    .strictObject({ es: templateLanguage, en: templateLanguage, pt: templateLanguage })
    .refine((codes) => Object.keys(codes).length > 0, 'names no language, e.g. { "es": "es" }'),
});

const courtesyTexts = z
  .array(words(300))
  .min(2, "has fewer than two texts, so that one would be said twice in a row")
  .max(20);
const courtesiesByLanguage = z
  .strictObject({
    es: courtesyTexts.exactOptional(),
    en: courtesyTexts.exactOptional(),
    pt: courtesyTexts.exactOptional(),
  })
  .exactOptional();

/** A company's profile. */
export const profileSchema = z.strictObject({
  name: words(80),
  about: words(400),
  tone: words(300),
  hours: words(300),
  openingHours: openingHoursSchema.exactOptional(),
  timeZone: words(60).refine(isTimeZone, "is not an IANA time zone such as America/Lima"),
  language: z.enum(["es", "en", "pt"]),
  contact: text(300),
  reengagement: reengagementSchema.exactOptional(),
  mediaDays: z.int().min(0).max(365).exactOptional(),
  courtesies: z
    .union([z.boolean(), z.strictObject({ greeting: courtesiesByLanguage, thanks: courtesiesByLanguage })])
    .exactOptional(),
  modelProfile: z.enum(MODEL_PROFILES, `is none of ${MODEL_PROFILES.join(", ")}`).exactOptional(),
}) satisfies z.ZodType<CompanyProfile>;

/** A passage's own texts. */
export const passageSchema = z.object({ title: words(200), body: words(4000), keywords: text(1000) });

/** Name of a topic: of its file in a company folder too. */
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "is not a topic's name: a-z, 0-9 and -, at most 64 characters");

const MOST_EXAMPLES = 40;
/** Empty lines are none: people leave one at the end of a list. */
const examples = z
  .array(text(120).transform((phrase) => phrase.replace(/\s+/g, " ")))
  .transform((phrases) => [...new Set(phrases.filter((phrase) => phrase !== ""))])
  .pipe(
    z
      .array(z.string())
      .min(1, "has no example left; take the whole list away to use the shipped ones")
      .max(MOST_EXAMPLES, `has more than ${MOST_EXAMPLES} examples`),
  );

/** Name of an intent of a company's own: of its file in a company folder too. */
export const intentNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,39}$/, "is not an intent's name: a-z, 0-9 and _, 2 to 40, a letter first")
  .refine((name) => name !== "fixed", "is a name that figures use for what no intent has");

/** Most tools of one intent: with more of them a model chooses worse. */
const MOST_INTENT_TOOLS = 12;

/** A company's own intent, or own words for a shipped one. Marks are ours: their brackets become round. */
export const ownIntentSchema = z.strictObject({
  when: words(400)
    .transform((when) => unquoted(when.replace(/\s+/g, " ")))
    .exactOptional(),
  prompt: words(3_000)
    .transform((prompt) => unquoted(prompt))
    .exactOptional(),
  examples: z
    .strictObject({
      es: examples.exactOptional(),
      en: examples.exactOptional(),
      pt: examples.exactOptional(),
    })
    .exactOptional(),
  tools: z
    .array(z.string().max(40))
    .max(MOST_INTENT_TOOLS, `has more than ${MOST_INTENT_TOOLS} tools`)
    .exactOptional(),
  tier: z.enum(["simple", "standard", "hard"], "is none of simple, standard, hard").exactOptional(),
  off: z.literal(true, "can only be true: take the line away otherwise").exactOptional(),
}) satisfies z.ZodType<OwnIntent>;

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
