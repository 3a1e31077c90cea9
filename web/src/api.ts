/** What the simulator page and its backend say to each other: types only, shared by `fakes/simulator/simulator.ts`. */

import type { Language } from "../../lib/types/company.ts";
import type { Json } from "../../lib/types/json.ts";

/** How far a message got; `pending` is written but not sent, `withheld` was never sent. */
export type SimStatus = "pending" | "sent" | "delivered" | "read" | "failed" | "withheld";

/** One bubble of the conversation. */
export interface SimMessage {
  id: string;
  waMessageId: string | null;
  direction: "in" | "out";
  author: "customer" | "bot" | "agent" | "system";
  text: string | null;
  /** Meta's message type, e.g. `text` or `image`. */
  type: string;
  /** What a phone shows besides words; null for a plain text and for types that are not known. */
  content: SimContent | null;
  /** What the bot heard or read in a medium; null when nothing. */
  reading: string | null;
  /** Epoch milliseconds of its arrival; the order of the conversation. */
  at: number;
  quoteWaMessageId: string | null;
  /** Null for what the customer sent. */
  status: SimStatus | null;
  /** Meta's, of a message that failed. */
  errorCodes: number[];
  turnId: string | null;
}

/** Kinds of files; `voice` is an audio that was recorded in the chat. */
export type SimMediaType = "image" | "video" | "audio" | "voice" | "document" | "sticker";

/** A file as the page can load it; `url` is on the page's own origin. */
export interface SimFile {
  url: string;
  mimeType: string | null;
  filename: string | null;
}

/** A person's card. */
export interface SimCard {
  name: string;
  company: string;
  phones: string[];
  emails: string[];
}

/** A button under a message that sends itself back. */
export interface SimButton {
  id: string;
  title: string;
}

export interface SimListSection {
  title: string;
  rows: (SimButton & { description: string })[];
}

/** What can be done with an interactive message. */
export type SimAction =
  | { type: "buttons"; buttons: SimButton[] }
  | { type: "list"; button: string; sections: SimListSection[] }
  | { type: "link"; label: string; url: string }
  | { type: "flow"; label: string }
  | { type: "location_request" }
  | { type: "contact_request" };

/** What stands above the words of an interactive message or a template. */
export type SimHeader =
  | { type: "text"; text: string }
  | { type: "media"; media: SimMediaType; file: SimFile };

/** What a message is, in either direction, whoever wrote its JSON. */
export type SimContent =
  | { kind: "media"; media: SimMediaType; file: SimFile; caption: string }
  | { kind: "location"; latitude: number; longitude: number; name: string; address: string }
  | { kind: "contacts"; cards: SimCard[] }
  /** An empty `emoji` takes the reaction back. */
  | { kind: "reaction"; waMessageId: string; emoji: string }
  /** A button or list row that the customer tapped. */
  | { kind: "tap"; id: string; title: string; description: string }
  /** What the customer filled into a Flow, as JSON. */
  | { kind: "form"; response: string }
  | { kind: "interactive"; header: SimHeader | null; body: string; footer: string; action: SimAction }
  | {
      kind: "template";
      name: string;
      language: string;
      header: SimHeader | null;
      /** What fills the placeholders of the approved text, which only Meta has. */
      values: string[];
      buttons: SimButton[];
    };

/** One call of a tool within a turn. */
export interface SimToolCall {
  name: string;
  input: Json;
  output: Json;
  ms: number;
  failed: boolean;
}

/** What happened in one turn: who decided, what it cost, where the time went. */
export interface SimTurn {
  id: string;
  /** Epoch milliseconds at which the turn began. */
  at: number;
  intent: string | null;
  /** 0 to 1. */
  confidence: number | null;
  /** `model`, `default`, or another decider's name. */
  decidedBy: string | null;
  language: Language | null;
  /** The rung of the degradation ladder that answered. */
  rung: string;
  /** Milliseconds by stage: verify, parse, admit, receive, claim, classify, respond, tool:…, draft, send, finish. */
  stagesMs: Record<string, number>;
  /** Until the webhook was answered. */
  ackMs: number | null;
  /** From the webhook's arrival until the reply was accepted: what the customer waited. */
  waitMs: number | null;
  toolCalls: SimToolCall[];
  intentModel: string | null;
  replyModel: string | null;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  /** Codes of the failures on the way, never texts. */
  errors: string[];
  rounds: number;
  traceId: string | null;
  /** `SimMessage.id`s that this turn answers and that it wrote. */
  inboundIds: string[];
  outboundIds: string[];
}

/** Whose turn it is to answer; `handoff` says why a person has the conversation. */
export interface SimConversation {
  status: "bot" | "human";
  /** `since` is epoch milliseconds. */
  handoff: null | { reason: string; summary: string; since: number };
}

/** The latency promises that the turn panel measures against, in milliseconds. */
export interface SimTargets {
  webhookMs: number;
  intentMs: number;
  replyMs: number;
  waitMs: number;
}

/** A customer of the demo company; `phone` is digits only. */
export interface SimCustomer {
  phone: string;
  name: string;
  language: Language;
}

/** `GET /_local/state?user=` */
export interface SimState {
  company: { name: string; about: string; language: Language };
  model: { offline: boolean; intent: string; reply: string };
  targets: SimTargets;
  customers: SimCustomer[];
  conversation: SimConversation;
  messages: SimMessage[];
  turns: SimTurn[];
}

/** Something a customer sends with a phone. */
export type SimWritten =
  | { type: "text"; text: string }
  | { [Type in SimMediaType]: { type: Type; mediaId: string; caption?: string } }[SimMediaType]
  | { type: "location"; latitude: number; longitude: number; name: string; address: string }
  | { type: "contact"; name: string; phone: string }
  | { type: "reaction"; waMessageId: string; emoji: string }
  | { type: "button_reply"; id: string; title: string }
  | { type: "list_reply"; id: string; title: string; description: string }
  /** A template's quick reply. */
  | { type: "button"; payload: string; text: string }
  | { type: "flow_reply"; response: string }
  | { type: "unsupported" };

/** `POST /_local/send`; `text` alone stands for a message of that type. */
export type SimSendRequest = {
  user: string;
  name: string;
  /** The message that this one answers. */
  replyTo?: string;
} & ({ message: SimWritten } | { text: string });

/** `PUT /_local/media?type=&filename=`, the body being the file: what a phone uploads before it sends it. */
export interface SimUploaded {
  mediaId: string;
  file: SimFile;
}

/** 202 of `POST /_local/send`: the bot's own answer to the signed webhook, and how long it took. */
export interface SimSendResponse {
  waMessageId: string;
  httpStatus: number;
  ackMs: number;
}

/** `POST /_local/handback` and `POST /_local/reset` */
export interface SimUserRequest {
  user: string;
}

/** `POST /_local/agent`: a person of the company writes to the customer. */
export interface SimAgentRequest {
  user: string;
  text: string;
}

/** Body of every answer that is not 2xx. */
export interface SimError {
  error: { code: string; message: string };
}

/** `GET /_local/events?user=`: Server-Sent Events by name, each with one JSON value. */
export interface SimEvents {
  message: SimMessage;
  status: { waMessageId: string; status: SimStatus };
  /** `untilMs` is epoch milliseconds. */
  typing: { waMessageId: string; untilMs: number };
  turn: SimTurn;
  conversation: SimConversation;
}
