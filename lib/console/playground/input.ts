import { z } from "zod";
import type { AnswerInput } from "../../../contracts/console/playground.ts";
import { cleanText } from "../../json/clean.ts";

/** As many messages before the last as a turn reads. */
const MAX_HISTORY = 10;
/** Longest text that WhatsApp takes. */
const MAX_CHARACTERS = 4_096;

const text = z
  .string()
  .max(MAX_CHARACTERS)
  .transform((given) => cleanText(given, MAX_CHARACTERS));
const said = z.object({
  direction: z.enum(["in", "out"]),
  text,
  tap: z.object({ id: text.pipe(z.string().min(1).max(256)), list: z.boolean() }).nullable(),
});

const customer = z.object({
  name: text.pipe(z.string().max(100)).nullable(),
  language: z.enum(["es", "en", "pt"]).nullable(),
  phone: z
    .string()
    .regex(/^\d{7,15}$/, "is not a number with its country code, in digits")
    .nullable(),
});

const side = {
  // Sent as it is to the deployment's own model service.
  model: z
    .string()
    .regex(/^[\w.:@/-]{1,64}$/, "is not the id of a model")
    .nullable(),
  version: z.union([z.enum(["live", "draft"]), z.int().min(1).max(1_000_000)]),
};

/** A question to the bot. */
export const answerInput = z.discriminatedUnion("of", [
  z.object({
    ...side,
    of: z.literal("pretend"),
    customer,
    history: z.array(said).max(MAX_HISTORY),
    message: said.extend({
      direction: z.literal("in"),
      text: text.refine((given) => given.trim() !== "", "is empty"),
    }),
  }),
  z.object({ ...side, of: z.literal("turn"), turnId: z.guid() }),
]) satisfies z.ZodType<AnswerInput>;

export type Answering = z.output<typeof answerInput>;
