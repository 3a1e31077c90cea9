import { type Fields, fieldOf, fieldsOf, listOf, numberOf } from "../../../json/lenient.ts";
import { mark } from "../../../language/marks.ts";
import type { StoredMessage } from "../../../types/conversation.ts";
import type { Json } from "../../../types/json.ts";
import { isUnavailable } from "../fields/about.ts";
import { oneLine, quote, textIn } from "./brackets.ts";
import { contactCard } from "./cards.ts";
import { interactiveReply } from "./interactive.ts";
import { orderDetails } from "./order.ts";

/** A message to describe; absent fields count as empty. */
export type Described = Pick<StoredMessage, "type" | "text" | "content"> & {
  /** Reading of its medium. */
  reading?: string | null;
  /** Context that Meta gave with it (`about.ts`). */
  about?: Json;
  /** Words of the message that it answers or reacts to. */
  quoted?: string | null;
};

/** Mark of a message's kind; empty for a plain text. */
export function kindOf(message: Described): string {
  const describe = Object.hasOwn(KINDS, message.type) ? KINDS[message.type] : undefined;
  return describe ? describe(fieldsOf(message.content), message) : mark(`${oneLine(message.type)} message`);
}

type Describe = (content: Fields, message: Described) => string;

const unsupported: Describe = (content, { about = null }) => {
  if (isUnavailable({ about }))
    return mark("message that WhatsApp could not show: ask them to send it again");
  const type = textIn(content, "type");
  return mark("unsupported message", type === "media_placeholder" ? "" : type);
};

/** Descriptions by Meta's message type. */
const KINDS: Readonly<Record<string, Describe>> = {
  text: () => "",
  image: () => mark("image"),
  video: () => mark("video"),
  audio: (content) => (fieldOf(content, "voice") === true ? mark("voice note") : mark("audio")),
  voice: () => mark("voice note"),
  document: (content) => mark("document", textIn(content, "filename")),
  sticker: () => mark("sticker"),
  location: (content) =>
    mark("location", ...["name", "address", "latitude", "longitude"].map((key) => textIn(content, key))),
  contacts: (_, { content }) => contacts(content),
  button: () => mark("button"),
  interactive: (content) => interactiveReply(content),
  order: (content) => mark("order", ...orderDetails(content, listed(fieldOf(content, "product_items")))),
  reaction: (content, { quoted }) => {
    const [emoji, to] = [textIn(content, "emoji"), quote(quoted)];
    return mark(
      ["reaction", emoji || "removed", to && `${emoji ? "to" : "from"}: ${to}`].filter(Boolean).join(" "),
    );
  },
  system: (content) => NOTICES.get(textIn(content, "type")) ?? mark("system notice", textIn(content, "body")),
  unsupported,
  unknown: unsupported,
  request_welcome: () => mark("opened the chat for the first time"),
  edit: (content) => mark("edited an earlier message", edited(fieldOf(content, "message"))),
  revoke: () => mark("deleted an earlier message"),
};

/** Replacements for Meta's own notices, which name the customer's numbers. */
const NOTICES: ReadonlyMap<string, string> = new Map([
  ["user_changed_number", mark("changed their phone number")],
  ["customer_changed_number", mark("changed their phone number")],
  ["user_changed_user_id", mark("changed their phone number")],
  ["customer_identity_changed", mark("has a new phone, or installed WhatsApp again")],
]);

/** WhatsApp's own limit of cards. */
const MAX_CARDS = 257;

function contacts(content: Json): string {
  const cards = listed(content);
  const count = numberOf(fieldOf(fieldsOf(content), "count")) || cards.length;
  const said = cards.slice(0, MAX_CARDS).map(contactCard);
  // The count comes first, since the end of a long text may be cut.
  const more = count > said.length ? [mark("contacts", `${count} in all, ${said.length} of them shown`)] : [];
  return [...more, ...said].join(" ") || mark("contact");
}

function edited(message: unknown): string {
  const fields = fieldsOf(message);
  const texts = [
    textIn(fieldsOf(fieldOf(fields, "text")), "body"),
    ...["image", "video", "document"].map((type) => textIn(fieldsOf(fieldOf(fields, type)), "caption")),
  ];
  return texts.find(Boolean) ?? "";
}

/** A list, also one that `cleanJson` has cut. */
function listed(value: unknown): readonly unknown[] {
  const items = fieldOf(fieldsOf(value), "items");
  return Array.isArray(items) ? items : listOf(value);
}
