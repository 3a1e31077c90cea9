/** Furthest delivery status shown: `pending` is stored but not sent, `withheld` was never sent. */
export type ChatStatus = "pending" | "sent" | "delivered" | "read" | "failed" | "withheld";

/** One message of a conversation, as a page shows it. */
export interface ChatMessage {
  id: string;
  waMessageId: string | null;
  direction: "in" | "out";
  author: "customer" | "bot" | "operator" | "system";
  text: string | null;
  /** Meta's message type, e.g. `text` or `image`. */
  type: string;
  /** Everything a phone shows besides text; null for plain text and unknown types. */
  content: ChatContent | null;
  /** Words or picture that the bot read in a file; null when there was nothing to read. */
  reading: string | null;
  /** Time of arrival in epoch milliseconds; conversations are ordered by it. */
  at: number;
  quoteWaMessageId: string | null;
  /** Null for the customer's messages. */
  status: ChatStatus | null;
  /** Error codes from Meta, when sending failed. */
  metaCodes: number[];
  turnId: string | null;
}

/** Kinds of files; `voice` is audio recorded in the chat. */
export type ChatMediaType = "image" | "video" | "audio" | "voice" | "document" | "sticker";

/** A file as the page loads it; `url` is on the page's own origin. */
export interface ChatFile {
  url: string;
  mimeType: string | null;
  filename: string | null;
}

/** A contact card. */
export interface ChatCard {
  name: string;
  company: string;
  phones: string[];
  emails: string[];
}

/** An amount of money in a currency by its ISO code. */
export interface ChatAmount {
  amount: number;
  currency: string;
}

/** One line of a cart; `price` is of one piece. */
export interface ChatCartLine {
  product: string;
  quantity: number;
  price: ChatAmount | null;
}

/** A button under a message; tapping it sends it back. */
export interface ChatButton {
  id: string;
  title: string;
}

/** One section of a list message. */
export interface ChatListSection {
  title: string;
  rows: (ChatButton & { description: string })[];
}

/** Actions that an interactive message offers. */
export type ChatAction =
  | { type: "buttons"; buttons: ChatButton[] }
  | { type: "list"; button: string; sections: ChatListSection[] }
  | { type: "link"; label: string; url: string }
  | { type: "flow"; label: string }
  | { type: "location_request" }
  | { type: "contact_request" };

/** Header of an interactive message or a template. */
export type ChatHeader =
  | { type: "text"; text: string }
  | { type: "media"; media: ChatMediaType; file: ChatFile };

/** Content of a message in either direction. */
export type ChatContent =
  | { kind: "media"; media: ChatMediaType; file: ChatFile; caption: string }
  | { kind: "location"; latitude: number; longitude: number; name: string; address: string }
  | { kind: "contacts"; cards: ChatCard[] }
  /** An empty `emoji` removes the reaction. */
  | { kind: "reaction"; waMessageId: string; emoji: string }
  /** A button or list row that the customer tapped. */
  | { kind: "tap"; id: string; title: string; description: string }
  /** A cart from the catalogue: its first lines, how many there are in all, and their sums. */
  | { kind: "order"; items: ChatCartLine[]; lines: number; pieces: number; sums: ChatAmount[]; note: string }
  /** A Flow that the customer filled in, as JSON. */
  | { kind: "form"; response: string }
  | { kind: "interactive"; header: ChatHeader | null; body: string; footer: string; action: ChatAction }
  | {
      kind: "template";
      name: string;
      language: string;
      header: ChatHeader | null;
      /** Values of the placeholders; only Meta has the approved text. */
      values: string[];
      buttons: ChatButton[];
    };

/** State of a conversation; `handoff` says why it was passed to an operator. */
export interface ChatConversation {
  status: "bot" | "human";
  /** `since` is epoch milliseconds. */
  handoff: null | { reason: string; summary: string; since: number };
}
