/** The customer and the messages of a conversation, as the store gives them. */
import type { Language } from "./company.ts";
import type { Json } from "./json.ts";

/** The person as verified by Meta's signature: the only source of "whose data". */
export interface Customer {
  id: string;
  /** Digits without `+`; null for a person known by user id alone. */
  phone: string | null;
  /** Business-scoped user id. */
  waUserId: string | null;
  name: string | null;
  /** The language of the person's last classified message. */
  language: Language | null;
  /** True once the person has asked for no more messages. */
  optedOut: boolean;
}

declare const given: unique symbol;

/** Proof, given only by the store, that Meta takes free-form messages to this person until `endsAtMs`. */
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
  /** What Meta said around an inbound message (`InboundMessage.about`). */
  about: Json;
  /** What was heard or read in its medium; null when nothing was. */
  reading: string | null;
  /** The words of the message that it answers or reacts to, shortened; null when there is none or we do not have it. */
  quoted: string | null;
  /** Set when this very message ended or restored what the person is sent. */
  opt: "stop" | "start" | null;
  /** Meta's time for inbound, ours for outbound; epoch milliseconds. */
  timestampMs: number;
}
