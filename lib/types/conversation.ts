/** The customer and the messages of a conversation, as read from the store. */
import type { Language } from "./company.ts";
import type { Json } from "./json.ts";

/** The customer as verified by Meta's signature: the only source of "whose data". */
export interface Customer {
  id: string;
  /** Digits without `+`, in the spelling that Meta delivered last; null for a customer known only by user id. */
  phone: string | null;
  /** Spelling that Meta accepted after it had refused `phone`; absent while it has not. */
  acceptedPhone?: string;
  /** Business-scoped user id. */
  waUserId: string | null;
  name: string | null;
  /** Language of the customer's last classified message. */
  language: Language | null;
  /** True after an opt-out. */
  optedOut: boolean;
}

declare const given: unique symbol;

/** Proof, given only by the store, that Meta accepts free-form messages to this customer until `endsAtMs`. */
export interface OpenWindow {
  endsAtMs: number;
  readonly [given]: true;
}

/** One message of a conversation, either side. */
export interface StoredMessage {
  id: string;
  direction: "in" | "out";
  waMessageId: string | null;
  type: string;
  text: string | null;
  content: Json;
  /** Context that Meta gave with an inbound message (`InboundMessage.about`). */
  about: Json;
  /** Reading of its medium; null when there is none. */
  reading: string | null;
  /** Words of the message that it answers or reacts to, shortened; null when there is none or it is not stored. */
  quoted: string | null;
  /** Set when this message was the customer's opt-out or opt-in. */
  opt: "stop" | "start" | null;
  /** Meta's time for inbound, ours for outbound; epoch milliseconds. */
  timestampMs: number;
}
