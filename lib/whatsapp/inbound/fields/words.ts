import { MAX_TEXT } from "../../../json/clean.ts";
import { type Fields, fieldOf, fieldsOf, idOf, textOf } from "../../../json/lenient.ts";

/** Customer's words in a message's object, and the ids that it refers to. */
export interface Words {
  text: string | null;
  /** Id of the tapped button or list row. */
  replyId: string | null;
  mediaId: string | null;
}

const NOTHING: Words = { text: null, replyId: null, mediaId: null };

const media = (object: Fields): Words => ({
  text: textOf(fieldOf(object, "caption"), MAX_TEXT),
  replyId: null,
  mediaId: idOf(fieldOf(object, "id")),
});

/** Readers of the types that carry words or media. */
const READERS: Readonly<Record<string, (object: Fields) => Words>> = {
  text: (object) => ({ ...NOTHING, text: textOf(fieldOf(object, "body"), MAX_TEXT) }),
  image: media,
  video: media,
  audio: media,
  voice: media,
  document: media,
  sticker: media,
  button: (object) => ({
    ...NOTHING,
    text: textOf(fieldOf(object, "text"), MAX_TEXT),
    replyId: idOf(fieldOf(object, "payload")),
  }),
  interactive: (object) =>
    tapped(fieldOf(object, "button_reply")) ?? tapped(fieldOf(object, "list_reply")) ?? NOTHING,
  order: (object) => ({ ...NOTHING, text: textOf(fieldOf(object, "text"), MAX_TEXT) }),
};

/** Words of a message of this type; `object` is the field named after the type. */
export function wordsOf(type: string, object: unknown): Words {
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  // Some test senders write `"text": "hello"`.
  if (type === "text" && typeof object === "string") return { ...NOTHING, text: textOf(object, MAX_TEXT) };
  return read?.(fieldsOf(object)) ?? NOTHING;
}

function tapped(reply: unknown): Words | null {
  const fields = fieldsOf(reply);
  const words = {
    ...NOTHING,
    text: textOf(fieldOf(fields, "title"), MAX_TEXT),
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
