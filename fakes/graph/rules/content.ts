import { z } from "zod";

/** Text where Meta publishes no limit; white space alone does not count. */
export const filled = z.string().regex(/\S/, "Must not be empty.");

/** 1 to `max` characters in UTF-16 units: Meta does not say how it counts, and no other count is stricter. */
export const words = (max: number) => filled.max(max);

/** Id of an option, returned when it is tapped: no white space around it. */
export const tapId = (max: number) => words(max).regex(/^\S(.*\S)?$/s, "Must not begin or end with a space.");

/** Meta fetches a link by http or https. */
export const webAddress = z.string().regex(/^https?:\/\/[^\s/]+\S*$/, "Must be an http or https address.");

/** A file by either its id or a link, with the other fields of its type. */
function file<Extra extends z.ZodRawShape>(extra: Extra) {
  return z
    .strictObject({ id: filled.optional(), link: webAddress.optional(), ...extra })
    .refine((value) => "id" in value !== "link" in value, {
      message: "Exactly one of id and link is required.",
      path: ["link"],
    });
}

const caption = words(1024).optional();

/** An image or a video. */
export const picture = file({ caption });

/** A document. */
export const document = file({ caption, filename: filled.optional() });

/** A file in the header of a message, where no caption is allowed. */
export const headerFile = { picture: file({}), document: file({ filename: filled.optional() }) };

/** Meta's examples write coordinates both as numbers and as strings. */
const degrees = (most: number) =>
  z
    .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)])
    .refine((value) => Math.abs(Number(value)) <= most, `Must be between -${most} and ${most}.`);

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const oneEmoji = (value: string): boolean =>
  [...graphemes.segment(value)].length === 1 &&
  /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(value);

/** Under `text`. */
export const text = z.strictObject({ body: words(4096), preview_url: z.boolean().optional() });

/** Under `reaction`: an empty emoji takes it back. */
export const reaction = z.strictObject({
  message_id: filled,
  emoji: z.string().refine((value) => value === "" || oneEmoji(value), "Must be one emoji, or empty."),
});

/** Under `audio`. */
export const audio = file({ voice: z.boolean().optional() });

/** Under `sticker`. */
export const sticker = file({});

/** Under `location`. */
export const location = z.strictObject({
  latitude: degrees(90),
  longitude: degrees(180),
  name: filled.optional(),
  address: filled.optional(),
});
