import type { Language } from "../lib/types/company.ts";
import type { ChatConversation, ChatFile, ChatMediaType, ChatMessage, ChatStatus } from "./chat.ts";
import type { LatencyTargets, TurnView } from "./turn.ts";

/** A customer of the demo company; `phone` is digits only. */
export interface SimCustomer {
  phone: string;
  name: string;
  language: Language;
}

/** WhatsApp's limits for one kind of file; no `mimeTypes` means any. */
export interface MediaLimit {
  maxBytes: number;
  mimeTypes: readonly string[];
}

/** WhatsApp's limits by kind of file. */
export type MediaLimits = Readonly<Record<ChatMediaType, MediaLimit>>;

/** Reason why WhatsApp would reject a file. */
export type MediaRefusal = "empty_file" | "file_too_large" | "file_type";

/** A product of the demo company's catalogue. */
export interface SimProduct {
  id: string;
  name: string;
  price: number;
  currency: string;
}

/** `GET /_local/state?phone=` */
export interface SimState {
  company: {
    name: string;
    about: string;
    language: Language;
    /** What its customers ask, by its own intents; empty: as the shop's do. */
    asks: Partial<Record<Language, readonly string[]>>;
    /** What carts are filled from; empty: it has no catalogue. */
    catalog: readonly SimProduct[];
  };
  model: { offline: boolean; intent: string; reply: string };
  targets: LatencyTargets;
  mediaLimits: MediaLimits;
  customers: SimCustomer[];
  conversation: ChatConversation;
  messages: ChatMessage[];
  turns: TurnView[];
}

/** A message that a customer sends from a phone. */
export type SimWritten =
  | { type: "text"; text: string }
  | { [Type in ChatMediaType]: { type: Type; mediaId: string; caption?: string } }[ChatMediaType]
  | { type: "location"; latitude: number; longitude: number; name: string; address: string }
  | { type: "contact"; name: string; phone: string }
  | { type: "reaction"; waMessageId: string; emoji: string }
  | { type: "button_reply"; id: string; title: string }
  | { type: "list_reply"; id: string; title: string; description: string }
  /** Quick reply of a template. */
  | { type: "button"; payload: string; text: string }
  | { type: "flow_reply"; response: string }
  /** A cart from the catalogue. */
  | {
      type: "order";
      items: { id: string; quantity: number; price: number; currency: string }[];
      text: string;
    }
  | { type: "unsupported" };

/** `POST /_local/send`; `text` alone is short for a text message. */
export type SimSendRequest = {
  phone: string;
  name: string;
  /** WhatsApp id of the quoted message. */
  replyTo?: string;
} & ({ message: SimWritten } | { text: string });

/** `PUT /_local/media?type=&filename=` with the file as body: the upload before a message is sent. */
export interface SimUploaded {
  mediaId: string;
  file: ChatFile;
}

/** 202 of `POST /_local/send`: the webhook's answer and how long it took. */
export interface SimSendResponse {
  waMessageId: string;
  httpStatus: number;
  ackMs: number;
}

/** `POST /_local/handback` and `POST /_local/reset` */
export interface SimCustomerRequest {
  phone: string;
}

/** `POST /_local/operator`: an operator writes to the customer. */
export interface SimOperatorRequest {
  phone: string;
  text: string;
}

/** Body of every response that is not 2xx. */
export interface SimError {
  error: { code: string; message: string };
}

/** `GET /_local/events?phone=`: Server-Sent Events by name, each with one JSON value. */
export interface SimEvents {
  message: ChatMessage;
  status: { waMessageId: string; status: ChatStatus };
  /** `untilMs` is epoch milliseconds. */
  typing: { waMessageId: string; untilMs: number };
  turn: TurnView;
  conversation: ChatConversation;
}
