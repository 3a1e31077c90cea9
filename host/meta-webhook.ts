import { createHmac, randomBytes } from "node:crypto";

/** A message id in Meta's form. */
export function newWaMessageId(): string {
  return `wamid.${randomBytes(24).toString("base64")}`;
}

/** The body that Meta posts for one change of a business number. */
export function webhookBody(phoneNumberId: string, value: Record<string, unknown>) {
  const metadata = { display_phone_number: "15550001111", phone_number_id: phoneNumberId };
  return {
    object: "whatsapp_business_account",
    entry: [
      {
        id: "102290129340398",
        changes: [{ field: "messages", value: { messaging_product: "whatsapp", metadata, ...value } }],
      },
    ],
  };
}

/** Sender and time of a message. */
export interface Sender {
  phoneNumberId: string;
  /** Digits without `+`. */
  from: string;
  name: string;
  waMessageId: string;
  timestampMs: number;
}

/** The body that Meta posts for one message; `message` holds its type, the object of that type and other fields. */
export function customerWebhook(sender: Sender, message: Record<string, unknown>) {
  const { phoneNumberId, from, name, waMessageId, timestampMs } = sender;
  const timestamp = String(Math.floor(timestampMs / 1000));
  return webhookBody(phoneNumberId, {
    contacts: [{ profile: { name }, wa_id: from }],
    messages: [{ from, id: waMessageId, timestamp, ...message }],
  });
}

export interface CustomerText extends Sender {
  text: string;
}

/** The body that Meta posts for a text; `overrides` replaces or adds fields of the message. */
export function textWebhook({ text, ...sender }: CustomerText, overrides: Record<string, unknown> = {}) {
  return customerWebhook(sender, { type: "text", text: { body: text }, ...overrides });
}

/** JSON as Meta writes and signs it: `/` and everything beyond ASCII is escaped. */
function metaJson(body: unknown): string {
  return JSON.stringify(body)
    .replaceAll("/", "\\/")
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The value of `X-Hub-Signature-256` for these bytes. */
export function signatureOf(rawBody: string | Uint8Array, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(rawBody).digest("hex")}`;
}

/** Posts a signed `body` to a webhook as Meta does; a string is sent unchanged. */
export function deliverWebhook(
  url: string,
  body: unknown,
  appSecret: string,
  signal?: AbortSignal,
): Promise<Response> {
  const raw = typeof body === "string" ? body : metaJson(body);
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-hub-signature-256": signatureOf(raw, appSecret) },
    body: raw,
    ...(signal ? { signal } : {}),
  });
}
