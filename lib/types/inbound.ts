/** Events of a webhook body after lenient reading. */
import type { Json } from "./json.ts";

/** One message from a customer, of any type. */
export interface InboundMessage {
  /** Business number that received it (Meta's `metadata.phone_number_id`). */
  phoneNumberId: string;
  waMessageId: string;
  /** Phone, digits without `+`; null for a customer known only by user id. */
  from: string | null;
  /** Business-scoped user id, e.g. `US.1349…`; null before Meta sends one. */
  fromUserId: string | null;
  profileName: string | null;
  groupId: string | null;
  /** Meta's time of the message, epoch milliseconds. */
  timestampMs: number;
  /** Meta's `type` as sent, also when unknown to us. */
  type: string;
  /** Text that the customer wrote, captioned or tapped; null when the type carries none. */
  text: string | null;
  /** Id of the tapped button or list row. */
  replyId: string | null;
  mediaId: string | null;
  /** Id of the message that this one quotes or answers. */
  contextId: string | null;
  metaCodes: number[];
  /** The type's own object as sent, bounded in size. */
  content: Json;
  /** True for a copy of a message to another app that owns the conversation: stored, never answered. */
  standby: boolean;
  /** Context that Meta gives with the message (`lib/whatsapp/inbound/fields/about.ts`): forwarded, product, ad; null when none. */
  about: Json;
}

/** Every spelling of a customer's phone, digits without `+`, the delivered one first; absent: it is known as delivered alone. */
export interface Spelled {
  phones?: readonly string[];
}

/** Delivery status of an outbound message, as Meta reports it. */
export type DeliveryStatus = "sent" | "delivered" | "read" | "played" | "failed";

/** One status report about a message that we sent. */
export interface StatusUpdate {
  phoneNumberId: string;
  waMessageId: string;
  status: DeliveryStatus;
  timestampMs: number;
  recipientId: string | null;
  recipientUserId: string | null;
  /** Our own message id, from `biz_opaque_callback_data`; null when absent. */
  opaqueId: string | null;
  metaCodes: number[];
  /** Meta's `pricing` object as sent, or null. */
  pricing: Json;
}

/** Any other event: counted and logged by field and reason, never by content. */
export interface OtherEvent {
  phoneNumberId: string | null;
  /** The change's `field`, or `"(none)"`. */
  field: string;
  /** `field`: not handled; `errors`: reported by Meta; `unusable`: an item that cannot be read. */
  reason: "field" | "errors" | "unusable";
  /** Description of the event or its fault; holds nothing that a customer wrote. */
  detail: string;
}

/** All events of one webhook body, each list in the body's order. */
export interface WebhookEvents {
  messages: InboundMessage[];
  statuses: StatusUpdate[];
  operatorEchoes: OperatorEcho[];
  identityChanges: IdentityChange[];
  preferences: Preference[];
  calls: Call[];
  handovers: Handover[];
  accountEvents: AccountEvent[];
  others: OtherEvent[];
}

/** Copy of a message that an operator sent from the WhatsApp Business app. */
export interface OperatorEcho {
  phoneNumberId: string;
  waMessageId: string;
  to: string | null;
  toUserId: string | null;
  timestampMs: number;
  type: string;
  text: string | null;
  content: Json;
}

/** A customer's new phone or user id, as Meta reports it; null: not given. */
export interface IdentityChange {
  phoneNumberId: string;
  phone: { previous: string | null; current: string | null };
  userId: { previous: string | null; current: string | null };
  timestampMs: number;
}

/** A customer's setting in WhatsApp: stop or resume marketing messages. */
export interface Preference {
  phoneNumberId: string;
  from: string | null;
  fromUserId: string | null;
  /** Meta's, e.g. `marketing_messages`. */
  category: string;
  value: "stop" | "resume";
  timestampMs: number;
}

/** A call from a customer; it opens the 24-hour window as a message does. */
export interface Call {
  phoneNumberId: string;
  from: string | null;
  fromUserId: string | null;
  timestampMs: number;
}

/** Handover of a customer's conversation to this app (`ours`) or away from it, under Meta's Conversation Routing. */
export interface Handover {
  phoneNumberId: string;
  from: string | null;
  fromUserId: string | null;
  ours: boolean;
  timestampMs: number;
}

/** Account event about the account, a number or a template: stored; operators are notified of warnings. */
export interface AccountEvent {
  phoneNumberId: string | null;
  /** The WhatsApp Business Account. */
  accountId: string | null;
  field: string;
  /** Meta's name of the event, e.g. `ACCOUNT_VIOLATION`, `THROUGHPUT_UPGRADE`; `(none)` when absent. */
  event: string;
  severity: "info" | "warning" | "critical";
  /** Meta's `value` without customers' names and numbers, bounded; only counts where it holds what people wrote. */
  detail: Json;
  timestampMs: number;
  /** Meta's own time, which is the same in a redelivery; null when it gave none. */
  givenTimeMs: number | null;
}
