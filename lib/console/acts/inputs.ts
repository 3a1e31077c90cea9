import { z } from "zod";
import { cleanText, showsNothing } from "../../json/clean.ts";

/** Longest note for colleagues or for the bot, in UTF-16 units. */
const MAX_NOTE = 4_000;
const MAX_BOT_NOTE = 1_000;
const MAX_SETTLEMENT = 300;
const MAX_TAGS = 20;
const MAX_TAG = 40;
/** Furthest time to which a conversation is snoozed. */
const MAX_SNOOZE_MS = 366 * 24 * 3_600_000;

/** Text of at most `max` UTF-16 units that the database can store, trimmed; empty when it shows nothing. */
const words = (max: number) =>
  z
    .string()
    .max(max, `at most ${max} characters`)
    .transform((text) => (showsNothing(text) ? "" : cleanText(text, max).trim()));

/** One spelling of a tag: lower case, single spaces. */
const tag = words(MAX_TAG).transform((text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, " "));

export const take = z.strictObject({ from: z.uuid().nullish() });
export const giveBack = z.strictObject({ note: words(MAX_BOT_NOTE).optional() });
export const assign = z.strictObject({ operatorId: z.uuid().nullable() });
export const tags = z.strictObject({
  tags: z.array(tag).max(MAX_TAGS, `at most ${MAX_TAGS} tags`),
});
export const note = z.strictObject({
  id: z.uuid(),
  text: words(MAX_NOTE).refine((text) => text !== "", "the note is empty"),
});
export const settlement = z.strictObject({
  how: z.enum(["by_hand", "was_done", "dropped"]),
  note: words(MAX_SETTLEMENT).optional(),
});
export const nothing = z.strictObject({});

/** Times are checked against this moment. */
export const snooze = (nowMs: number) =>
  z.strictObject({
    until: z
      .int()
      .min(nowMs, "the time is over")
      .max(nowMs + MAX_SNOOZE_MS, "at most a year")
      .nullable(),
  });
