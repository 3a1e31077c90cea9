import type { StoredMessage } from "../ports.ts";
import { type Fields, fieldsOf, listOf, own } from "./lenient.ts";
import { cleanText } from "./sanitize.ts";

/** The longest description, in UTF-16 units. */
export const MAX_DESCRIPTION = 2_000;

/** What the model reads of a message of any type: what it is, in brackets, and the person's own words. */
export function describeMessage(message: Pick<StoredMessage, "type" | "text" | "content">): string {
  const describe = Object.hasOwn(DESCRIPTIONS, message.type) ? DESCRIPTIONS[message.type] : undefined;
  const kind = describe
    ? describe(fieldsOf(message.content), message.content)
    : `[${line(message.type)} message]`;
  const words = message.text ?? "";
  // However much there is to say of an order, it leaves room for what the person wrote with it.
  const parts = [shorten(kind, words ? MAX_DESCRIPTION / 2 : MAX_DESCRIPTION), words].filter(Boolean);
  return cleanText(parts.join(" ") || "[empty message]", MAX_DESCRIPTION);
}

function shorten(kind: string, max: number): string {
  return kind.length <= max ? kind : `${cleanText(kind, max - 2)}…]`;
}

type Describe = (content: Fields, whole: unknown) => string;

/** One row per type of Meta's. */
const DESCRIPTIONS: Readonly<Record<string, Describe>> = {
  text: () => "",
  image: () => "[image]",
  video: () => "[video]",
  audio: (content) => (own(content, "voice") === true ? "[voice note]" : "[audio]"),
  voice: () => "[voice note]",
  document: (content) => bracket("document", say(content, "filename")),
  sticker: () => "[sticker]",
  location: (content) =>
    bracket("location", ...["name", "address", "latitude", "longitude"].map((key) => say(content, key))),
  contacts: (_, whole) => some(listed(whole), 20, contact).join(" ") || "[contact]",
  button: () => "[button]",
  interactive,
  order: (content) => bracket("order", ...some(listed(own(content, "product_items")), 50, orderLine)),
  reaction: (content) =>
    say(content, "emoji") ? `[reaction ${say(content, "emoji")}]` : "[reaction removed]",
  system: (content) => bracket("system notice", say(content, "body")),
  unsupported: () => "[unsupported message]",
  request_welcome: () => "[opened the chat for the first time]",
  edit: (content) => bracket("edited an earlier message", edited(own(content, "message"))),
  revoke: () => "[deleted an earlier message]",
};

function interactive(content: Fields): string {
  const reply = (key: string) => fieldsOf(own(content, key));
  switch (own(content, "type")) {
    case "button_reply":
      return "[button]";
    case "list_reply":
      return bracket("list choice", say(reply("list_reply"), "description"));
    case "nfm_reply":
      return bracket(
        "form reply",
        say(reply("nfm_reply"), "response_json") || say(reply("nfm_reply"), "body"),
      );
    case "call_permission_reply":
      return bracket("call permission", say(reply("call_permission_reply"), "response"));
    default:
      return "[interactive message]";
  }
}

function contact(item: unknown): string {
  const fields = fieldsOf(item);
  const name = fieldsOf(own(fields, "name"));
  const phones = listed(own(fields, "phones")).slice(0, 5);
  return bracket(
    "contact",
    say(name, "formatted_name") || say(name, "first_name"),
    ...phones.map((phone) => say(fieldsOf(phone), "phone") || say(fieldsOf(phone), "wa_id")),
  );
}

function orderLine(item: unknown): string {
  const fields = fieldsOf(item);
  const [product, quantity] = [say(fields, "product_retailer_id"), say(fields, "quantity")];
  const price = [say(fields, "item_price"), say(fields, "currency")].filter(Boolean).join(" ");
  return [`${quantity || "1"} × ${product || "product"}`, price].filter(Boolean).join(" at ");
}

function edited(message: unknown): string {
  const fields = fieldsOf(message);
  const texts = [say(fieldsOf(own(fields, "text")), "body"), say(fieldsOf(own(fields, "image")), "caption")];
  return texts.find(Boolean) ?? say(fieldsOf(own(fields, "video")), "caption");
}

/** A list, also one that was cut to fit (`cleanJson`). */
function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : listOf(own(fieldsOf(value), "items"));
}

/** The first `max` in words, and how many more there are. */
function some(items: readonly unknown[], max: number, say: (item: unknown) => string): string[] {
  const said = items.slice(0, max).map(say);
  return items.length > max ? [...said, `and ${items.length - max} more`] : said;
}

function bracket(kind: string, ...details: string[]): string {
  const said = details.filter(Boolean).join(", ");
  return said ? `[${kind}: ${said}]` : `[${kind}]`;
}

/** A text or number of the person's, on one line; empty when it is neither. */
function say(fields: Fields, key: string): string {
  const value = own(fields, key);
  return typeof value === "string" || typeof value === "number" ? line(String(value)) : "";
}

function line(text: string): string {
  return text.slice(0, 1_000).replace(/\s+/g, " ").trim();
}
