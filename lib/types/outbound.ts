/** Messages that a business can send on WhatsApp. `lib/whatsapp/messages/` enforces Meta's limits. */

/** A file by a public https address, or by the id of an upload. */
export type MediaSource = { link: string } | { id: string };

/** Header above an interactive message. */
export type InteractiveHeader =
  | { type: "text"; text: string }
  | { type: "image" | "video" | "document"; media: MediaSource; filename?: string };

/** A reply button; a tap comes back as `replyId`. */
export interface ReplyButton {
  id: string;
  title: string;
}

export interface ListRow {
  id: string;
  title: string;
  description?: string;
}

export interface ListSection {
  /** Required when there are several sections. */
  title?: string;
  rows: readonly ListRow[];
}

/** Text of an interactive message with its header and footer. */
interface Framed {
  body: string;
  header?: InteractiveHeader;
  footer?: string;
}

/** A contact card. */
export interface ContactCard {
  name: { formattedName: string; firstName?: string; lastName?: string };
  phones?: readonly { phone: string; type?: string; waId?: string }[];
  emails?: readonly { email: string; type?: string }[];
  urls?: readonly { url: string; type?: string }[];
  organization?: { company?: string; department?: string; title?: string };
}

/** A value that fills a template's placeholder. */
export type TemplateParameter =
  | { type: "text"; text: string; name?: string }
  | { type: "image" | "video"; media: MediaSource }
  | { type: "document"; media: MediaSource; filename?: string }
  | { type: "payload"; payload: string };

export interface TemplateComponent {
  type: "header" | "body" | "button";
  /** With `button`. */
  subType?: "quick_reply" | "url" | "flow" | "copy_code";
  /** With `button`: its position, from 0. */
  index?: number;
  parameters: readonly TemplateParameter[];
}

/** A template approved by Meta: the only kind allowed outside the 24-hour window. */
export interface TemplateMessage {
  kind: "template";
  name: string;
  /** Meta's code: `es`, `pt_BR`, `en_US`, … */
  languageCode: string;
  components?: readonly TemplateComponent[];
}

/** A message allowed only inside the 24-hour window. */
export type FreeFormMessage =
  /** `text` is in WhatsApp's formatting. */
  | { kind: "text"; text: string; previewUrl?: boolean }
  /** An empty `emoji` removes the reaction. */
  | { kind: "reaction"; waMessageId: string; emoji: string }
  | { kind: "image" | "video"; media: MediaSource; caption?: string }
  /** `voice`: shown as a voice note (OGG/Opus). */
  | { kind: "audio"; media: MediaSource; voice?: boolean }
  | { kind: "document"; media: MediaSource; caption?: string; filename?: string }
  | { kind: "sticker"; media: MediaSource }
  | { kind: "location"; latitude: number; longitude: number; name?: string; address?: string }
  | { kind: "contacts"; contacts: readonly ContactCard[] }
  | { kind: "location_request"; body: string }
  | { kind: "contact_request"; body: string }
  | ({ kind: "buttons"; buttons: readonly ReplyButton[] } & Framed)
  /** `button` opens the list. */
  | ({ kind: "list"; button: string; sections: readonly ListSection[] } & Framed)
  | ({ kind: "cta_url"; label: string; url: string } & Framed)
  | ({
      kind: "flow";
      flow: { id: string } | { name: string };
      label: string;
      token: string;
      screen?: string;
      data?: Readonly<Record<string, unknown>>;
      draft?: boolean;
    } & Framed);

/** Any message to a customer. */
export type OutboundMessage = FreeFormMessage | TemplateMessage;

/** What the model may put with its words: controls, so that the customer need not type, or one file or page that a tool has named. */
export type ReplyExtra =
  /** Two or more options, shown as buttons, a list or numbered text, whichever fits Meta's limits. */
  | {
      kind: "choices";
      options: readonly { id: string; title: string; description?: string }[];
      button: string;
    }
  | { kind: "location_request" }
  | { kind: "picture"; link: string }
  | { kind: "file"; link: string; filename: string }
  | { kind: "page"; url: string; label: string };
