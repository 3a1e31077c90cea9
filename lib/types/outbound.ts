/** What a business can say on WhatsApp: types only. Meta's limits are enforced by `lib/whatsapp/messages/`. */

/** A file that Meta fetches from a public https address, or one that was uploaded before. */
export type MediaSource = { link: string } | { id: string };

/** The words above a set of buttons or a list. */
export type InteractiveHeader =
  | { type: "text"; text: string }
  | { type: "image" | "video" | "document"; media: MediaSource; filename?: string };

/** A button that comes back as `replyId` when it is tapped. */
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
  /** Needed when there are several. */
  title?: string;
  rows: readonly ListRow[];
}

/** What stands around the words of an interactive message. */
interface Framed {
  body: string;
  header?: InteractiveHeader;
  footer?: string;
}

/** A person's card. */
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
  /** With `button`: its place, from 0. */
  index?: number;
  parameters: readonly TemplateParameter[];
}

/** A message that Meta approved beforehand: the only kind that may be sent outside the 24-hour window. */
export interface TemplateMessage {
  kind: "template";
  name: string;
  /** As Meta names it: `es`, `pt_BR`, `en_US`, … */
  languageCode: string;
  components?: readonly TemplateComponent[];
}

/** A message that may only be sent inside the 24-hour window. */
export type FreeFormMessage =
  /** `text` is already in WhatsApp's formatting. */
  | { kind: "text"; text: string; previewUrl?: boolean }
  /** An empty `emoji` takes the reaction back. */
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

/** Anything that can be sent to a person. */
export type OutboundMessage = FreeFormMessage | TemplateMessage;

/** What the model may put under its words, instead of asking the customer to type. */
export type ReplyExtra =
  /** Two or more; shown as buttons, as a list, or as numbered text, whatever fits Meta's limits. */
  | {
      kind: "choices";
      options: readonly { id: string; title: string; description?: string }[];
      button: string;
    }
  | { kind: "location_request" };
