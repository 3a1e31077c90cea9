import { z } from "zod";
import type { Changes, DraftInput, FindInput } from "../../../contracts/console/versions.ts";
import { cleanJson, cleanText } from "../../json/clean.ts";

/** A draft keeps what is typed, also when it is too long to be saved; only beyond this it is refused. */
const MOST_TYPED = 16_000;

const typed = z
  .string()
  .max(MOST_TYPED)
  .transform((text) => cleanText(text, MOST_TYPED));
const value = z
  .json()
  .refine((given) => JSON.stringify(given).length <= MOST_TYPED, `is longer than ${MOST_TYPED} characters`)
  .transform((given) => cleanJson(given));
const name = z.string().min(1).max(100);
const words = z.strictObject({ title: typed, body: typed, keywords: typed });
const phrases = z.array(typed).max(200).exactOptional();
const own = z.strictObject({
  when: typed.exactOptional(),
  tools: z.array(name).max(100).exactOptional(),
  tier: z.enum(["simple", "standard", "hard"]).exactOptional(),
  off: z.literal(true).exactOptional(),
  prompt: typed.exactOptional(),
  examples: z.strictObject({ es: phrases, en: phrases, pt: phrases }).exactOptional(),
});
/** The shape alone: whether it may be saved is decided of the whole company. */
const changes = z.strictObject({
  profile: z.record(name, value).exactOptional(),
  intents: z.record(name, own.nullable()).exactOptional(),
  tools: z.record(name, value.nullable()).exactOptional(),
  passages: z.record(name, words.nullable()).exactOptional(),
}) as unknown as z.ZodType<Changes>;
const number = z.int().min(1).max(1_000_000);

export const draftSchema: z.ZodType<DraftInput> = z.strictObject({
  revision: z.int().min(0).max(1_000_000_000),
  basedOn: number.nullable(),
  changes,
});

export const versionSchema = z.strictObject({
  revision: z.int().min(1).max(1_000_000_000),
  note: z
    .string()
    .max(500)
    .transform((text) => cleanText(text, 500).trim()),
});

export const liveSchema = z.strictObject({ expected: number.nullable() });

export const findSchema: z.ZodType<FindInput> = z.strictObject({
  question: z
    .string()
    .max(300)
    .transform((text) => cleanText(text, 300).trim())
    .refine((text) => text !== "", "the question is empty"),
  language: z.enum(["es", "en", "pt"]),
  version: z.enum(["live", "draft"]),
});

/** The version's number in an address; null for what cannot be one. */
export function versionNumber(text: string | undefined): number | null {
  const result = number.safeParse(Number(text));
  return result.success ? result.data : null;
}
