import type { StoredMessage } from "../../lib/types/conversation.ts";
import { recordsAt } from "../tools/order-records.ts";

/** Meta's time in all of them, epoch milliseconds. */
export const NOW_MS = 1_772_000_000_000;

/** Types of messages whose objects are read, each in a way of its own. */
export const TYPES = "text audio document interactive order contacts location reaction system edit".split(
  " ",
);

/** As many small things as the text has pieces of eight units. */
export function items<T>(text: string, item: (piece: string) => T): T[] {
  return (text.match(/.{1,8}/gs) ?? []).map(item);
}

/** The object of a message of any type, with the text in every place that is read. */
const objectOf = (text: string) => ({
  id: text,
  body: text,
  caption: text,
  filename: text,
  name: { formatted_name: text },
  address: text,
  phones: [{ phone: text }],
  type: "nfm_reply",
  nfm_reply: { response_json: JSON.stringify({ answer: text, [text]: 1 }), body: text },
  product_items: [{ product_retailer_id: text, quantity: text, item_price: text, currency: text }],
  emoji: text,
  message: { text: { body: text } },
});

/** A stored message with the text in every place. */
export const stored = (type: string, text: string): StoredMessage => ({
  id: "m",
  direction: "in",
  waMessageId: null,
  type,
  text,
  // As it is kept: bounded before.
  content: objectOf(text.slice(0, 2_048)),
  about: { referral: { headline: text, body: text, greeting: text }, product: { productId: text } },
  reading: text,
  quoted: text,
  opt: null,
  timestampMs: NOW_MS,
});

/** A webhook body with one change. */
export const webhook = (value: object, field = "messages") => ({
  object: "whatsapp_business_account",
  entry: [{ id: "1", changes: [{ field, value: { metadata: { phone_number_id: "10" }, ...value } }] }],
});

/** A change of `field` with the text in every place that is read. */
export const everyField = (text: string, type = "text") => {
  const person = { from: text, from_user_id: text, wa_id: text, user_id: { previous: text, current: text } };
  const message = { ...person, id: text, timestamp: text, context: { id: text }, errors: [{ code: text }] };
  const item = { ...message, type, [type]: objectOf(text), status: text, event: text, pricing: text };
  return {
    contacts: [{ ...person, profile: { name: text } }],
    messages: [item],
    statuses: [{ ...item, recipient_id: text, biz_opaque_callback_data: text }],
    user_id_update: [item],
    user_preferences: [{ ...item, value: "stop", category: text }],
    calls: [{ ...item, direction: "USER_INITIATED" }],
    errors: [{ code: text }],
    sender: { phone_number: text },
    type: "control_taken",
    event: text,
  };
};

/** Asks the company's system, which answers with the text. */
export async function askCompany(text: string): Promise<unknown> {
  const records = recordsAt("http://127.0.0.1", {
    clock: { now: () => NOW_MS, sleep: async () => {} },
    fetch: async () => Response.json({ orders: [{ number: text, trackingUrl: `https://${text}` }] }),
  });
  const { signal } = new AbortController();
  return records.orders({ phone: null, waUserId: null }, text, signal).catch(() => {});
}

/** Options to tap, as many as the text has pieces. */
export const options = (text: string) =>
  items(text, (piece) => ({ id: piece, title: piece, description: piece }));

/** Result, also when the text is refused. */
export function refusing(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return null;
  }
}
