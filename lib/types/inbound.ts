/** The content of a webhook body after lenient reading: every entry, change, message and status report. */
import type { Json } from "./json.ts";

/** One message a person sent, whatever its type. */
export interface InboundMessage {
  /** The business number it came to (Meta's `metadata.phone_number_id`). */
  phoneNumberId: string;
  waMessageId: string;
  /** Phone, digits without `+`; null for a person who is known by user id alone. */
  from: string | null;
  /** Business-scoped user id, e.g. `US.1349…`; null before Meta sends one. */
  fromUserId: string | null;
  profileName: string | null;
  groupId: string | null;
  /** Meta's own time of the message, epoch milliseconds. */
  timestampMs: number;
  /** Meta's `type`, as sent, also when unknown to us. */
  type: string;
  /** What the person wrote, captioned or tapped; null when the type carries no words. */
  text: string | null;
  /** Id of the tapped button or list row. */
  replyId: string | null;
  mediaId: string | null;
  /** The message that this one quotes or answers. */
  contextId: string | null;
  errorCodes: number[];
  /** The type's own object as sent, bounded in size. */
  content: Json;
  /** A copy of what somebody wrote to another app that owns the conversation: kept, never answered. */
  standby: boolean;
  /** What Meta says around the message (`lib/whatsapp/inbound/fields/about.ts`): forwarded, product, ad; null when nothing. */
  about: Json;
}

/** How far an outbound message got, as Meta reports it. */
export type DeliveryStatus = "sent" | "delivered" | "read" | "played" | "failed";

/** One status report about a message we sent. */
export interface StatusUpdate {
  phoneNumberId: string;
  waMessageId: string;
  status: DeliveryStatus;
  timestampMs: number;
  recipientId: string | null;
  recipientUserId: string | null;
  /** Our own message id, echoed from `biz_opaque_callback_data`; null when absent. */
  opaqueId: string | null;
  errorCodes: number[];
  /** Meta's `pricing` object as sent, or null. */
  pricing: Json;
}

/** Something Meta sent that is neither: counted and logged by field and reason, never by content. */
export interface OtherEvent {
  phoneNumberId: string | null;
  /** The change's `field`, or `"(none)"`. */
  field: string;
  /** Why it is here: `field` not handled, `errors` reported by Meta, or an item that cannot be used. */
  reason: "field" | "errors" | "unusable";
  /** What was wrong or what arrived, in words that hold nothing a person wrote. */
  detail: string;
}

/** All events of one webhook body, in the order in which they stood there. */
export interface WebhookEvents {
  messages: InboundMessage[];
  statuses: StatusUpdate[];
  echoes: Echo[];
  identityChanges: IdentityChange[];
  preferences: Preference[];
  calls: Call[];
  handovers: Handover[];
  platform: PlatformEvent[];
  others: OtherEvent[];
}

/** A message that a person of the company sent to a customer from the WhatsApp Business app. */
export interface Echo {
  phoneNumberId: string;
  waMessageId: string;
  to: string | null;
  toUserId: string | null;
  timestampMs: number;
  type: string;
  text: string | null;
  content: Json;
}

/** Meta says that one person goes by another phone or user id from now on; a null means "not said". */
export interface IdentityChange {
  phoneNumberId: string;
  phone: { previous: string | null; current: string | null };
  userId: { previous: string | null; current: string | null };
  timestampMs: number;
}

/** A person's own setting in WhatsApp: no marketing messages, or again. */
export interface Preference {
  phoneNumberId: string;
  from: string | null;
  fromUserId: string | null;
  /** Meta's, e.g. `marketing_messages`. */
  category: string;
  value: "stop" | "resume";
  timestampMs: number;
}

/** A call that a person made: it opens the 24-hour window as a message does. */
export interface Call {
  phoneNumberId: string;
  from: string | null;
  fromUserId: string | null;
  timestampMs: number;
}

/** Who answers a person from now on, under Meta's Conversation Routing: this app, or another one. */
export interface Handover {
  phoneNumberId: string;
  from: string | null;
  fromUserId: string | null;
  ours: boolean;
  timestampMs: number;
}

/** News about the account, a number or a template: kept, and told to the company's people when it is not good. */
export interface PlatformEvent {
  phoneNumberId: string | null;
  /** The WhatsApp Business Account. */
  accountId: string | null;
  field: string;
  /** A short name of what happened, e.g. `ACCOUNT_VIOLATION`, `THROUGHPUT_UPGRADE`; `(none)` when Meta gave none. */
  event: string;
  severity: "info" | "warning" | "critical";
  /** Meta's `value` without whatever names a customer, bounded; where it holds what people wrote, only counts. */
  detail: Json;
  timestampMs: number;
  /** Meta's own time, which stays the same when it delivers again; null when it gave none. */
  givenTimeMs: number | null;
}
