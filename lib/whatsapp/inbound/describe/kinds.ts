import { type Fields, fieldsOf, listOf, own } from "../../../json/lenient.ts";
import type { StoredMessage } from "../../../types/conversation.ts";
import type { Json } from "../../../types/json.ts";
import { isUnavailable } from "../fields/about.ts";
import { bracket, oneLine, quote, say, some } from "./brackets.ts";
import { contactCard } from "./cards.ts";
import { interactiveReply } from "./interactive.ts";
import { orderDetails } from "./order.ts";

/** A message with what is known of it; what is not given counts as nothing. */
export type Described = Pick<StoredMessage, "type" | "text" | "content"> & {
  /** What was heard or read in its medium. */
  reading?: string | null;
  /** What Meta said around it (`about.ts`). */
  about?: Json;
  /** The words of the message that it answers or reacts to. */
  quoted?: string | null;
};

/** What a message is, in brackets; empty when its words say it all. */
export function kindOf(message: Described): string {
  const describe = Object.hasOwn(KINDS, message.type) ? KINDS[message.type] : undefined;
  return describe ? describe(fieldsOf(message.content), message) : `[${oneLine(message.type)} message]`;
}

type Describe = (content: Fields, message: Described) => string;

const unsupported: Describe = (content, { about = null }) => {
  if (isUnavailable({ about })) return "[message that WhatsApp could not show: ask them to send it again]";
  const type = say(content, "type");
  return bracket("unsupported message", type === "media_placeholder" ? "" : type);
};

/** One row per type of Meta's. */
const KINDS: Readonly<Record<string, Describe>> = {
  text: () => "",
  image: () => "[image]",
  video: () => "[video]",
  audio: (content) => (own(content, "voice") === true ? "[voice note]" : "[audio]"),
  voice: () => "[voice note]",
  document: (content) => bracket("document", say(content, "filename")),
  sticker: () => "[sticker]",
  location: (content) =>
    bracket("location", ...["name", "address", "latitude", "longitude"].map((key) => say(content, key))),
  contacts: (_, { content }) => some(listed(content), 20, contactCard).join(" ") || "[contact]",
  button: () => "[button]",
  interactive: (content) => interactiveReply(content),
  order: (content) => bracket("order", ...orderDetails(listed(own(content, "product_items")))),
  reaction: (content, { quoted }) => {
    const [emoji, to] = [say(content, "emoji"), quote(quoted)];
    return `[reaction ${[emoji || "removed", to && `${emoji ? "to" : "from"}: ${to}`].filter(Boolean).join(" ")}]`;
  },
  system: (content) => NOTICES.get(say(content, "type")) ?? bracket("system notice", say(content, "body")),
  unsupported,
  unknown: unsupported,
  request_welcome: () => "[opened the chat for the first time]",
  edit: (content) => bracket("edited an earlier message", edited(own(content, "message"))),
  revoke: () => "[deleted an earlier message]",
};

/** Meta's own words name the person's numbers, which the model has no use for. */
const NOTICES: ReadonlyMap<string, string> = new Map([
  ["user_changed_number", "[changed their phone number]"],
  ["customer_changed_number", "[changed their phone number]"],
  ["user_changed_user_id", "[changed their phone number]"],
  ["customer_identity_changed", "[has a new phone, or installed WhatsApp again]"],
]);

function edited(message: unknown): string {
  const fields = fieldsOf(message);
  const texts = [
    say(fieldsOf(own(fields, "text")), "body"),
    ...["image", "video", "document"].map((type) => say(fieldsOf(own(fields, type)), "caption")),
  ];
  return texts.find(Boolean) ?? "";
}

/** A list, also one that was cut to fit (`cleanJson`). */
function listed(value: unknown): readonly unknown[] {
  const items = own(fieldsOf(value), "items");
  return Array.isArray(items) ? items : listOf(value);
}
