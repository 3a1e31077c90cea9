import { z } from "zod";
import { cleanText, showsNothing } from "../../json/clean.ts";
import { LIMITS } from "../../whatsapp/messages/limits.ts";

const waMessageId = z.string().min(1).max(256);
/** Most placeholders of one component; Meta's own bound is that of the text around them. */
const values = z
  .array(
    z
      .string()
      .max(LIMITS.templateBodyText)
      .transform((text) => cleanText(text, LIMITS.templateBodyText)),
  )
  .max(60);

const text = (max: number) =>
  z
    .string()
    .max(max, `at most ${max} characters`)
    .transform((words) => cleanText(words, max));

const message = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("text"),
    text: text(LIMITS.textBody).refine((words) => !showsNothing(words), "the message is empty"),
  }),
  z.strictObject({
    kind: z.literal("media"),
    media: z.enum(["image", "video", "audio", "document"]),
    mediaId: z.string().min(1).max(256),
    filename: text(240).nullable(),
    caption: text(LIMITS.caption),
  }),
  z.strictObject({
    kind: z.literal("template"),
    name: z.string().min(1).max(LIMITS.templateName),
    language: z.string().min(2).max(16),
    header: values,
    body: values,
    buttons: values,
  }),
  z.strictObject({ kind: z.literal("reaction"), waMessageId, emoji: z.string().max(64) }),
]);

/** The body of a send. */
export const sendInput = z.strictObject({
  id: z.uuid().transform((id) => id.toLowerCase()),
  message,
  quoteWaMessageId: waMessageId.nullable(),
  seenAt: z.number().min(0).max(8.64e15),
  anyway: z.boolean().default(false),
});
