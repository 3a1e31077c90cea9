import { MAX_TEXT } from "../../../json/clean.ts";
import { type Fields, fieldOf, fieldsOf, idOf, textOf } from "../../../json/lenient.ts";
import { keepEnds } from "../../../language/ends.ts";

/** Customer's words in a message's object, and the ids that it refers to. */
export interface Words {
  text: string | null;
  /** Id of the tapped button or list row. */
  replyId: string | null;
  mediaId: string | null;
}

const NOTHING: Words = { text: null, replyId: null, mediaId: null };

/** Words as sent; of a text over `MAX_TEXT`, which WhatsApp does not send, the beginning and the end. */
function said(value: unknown): string | null {
  const text = textOf(value, Number.POSITIVE_INFINITY);
  return text && keepEnds(text, MAX_TEXT);
}

const media = (object: Fields): Words => ({
  text: said(fieldOf(object, "caption")),
  replyId: null,
  mediaId: idOf(fieldOf(object, "id")),
});

/** Readers of the types that carry words or media. */
const READERS: Readonly<Record<string, (object: Fields) => Words>> = {
  text: (object) => ({ ...NOTHING, text: said(fieldOf(object, "body")) }),
  image: media,
  video: media,
  audio: media,
  voice: media,
  document: media,
  sticker: media,
  button: (object) => ({
    ...NOTHING,
    text: said(fieldOf(object, "text")),
    replyId: idOf(fieldOf(object, "payload")),
  }),
  interactive: (object) =>
    tapped(fieldOf(object, "button_reply")) ?? tapped(fieldOf(object, "list_reply")) ?? NOTHING,
  order: (object) => ({ ...NOTHING, text: said(fieldOf(object, "text")) }),
};

/** Words of a message of this type; `object` is the field named after the type. */
export function wordsOf(type: string, object: unknown): Words {
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  // Some test senders write `"text": "hello"`.
  if (type === "text" && typeof object === "string") return { ...NOTHING, text: said(object) };
  return read?.(fieldsOf(object)) ?? NOTHING;
}

function tapped(reply: unknown): Words | null {
  const fields = fieldsOf(reply);
  const words = {
    ...NOTHING,
    text: said(fieldOf(fields, "title")),
    replyId: idOf(fieldOf(fields, "id")),
  };
  return words.text === null && words.replyId === null ? null : words;
}

/** Types whose object is named after them; identifies a message that does not name its type. */
const KNOWN_TYPES = [
  ...Object.keys(READERS),
  "location",
  "contacts",
  "reaction",
  "system",
  "unsupported",
  "request_welcome",
  "edit",
  "revoke",
];

/** Meta's `type` as sent, known ones in lower case; without one, the known type whose object is present, else `unknown`. */
export function typeOf(message: Fields): string {
  const given = fieldOf(message, "type");
  const named = typeof given === "string" ? textOf(given, 64) : null;
  const known = named?.trim().toLowerCase();
  if (named !== null) return KNOWN_TYPES.find((type) => type === known) ?? named;
  return KNOWN_TYPES.find((type) => Object.hasOwn(message, type)) ?? "unknown";
}
