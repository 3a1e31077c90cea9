import { UNREAD } from "../../../lib/whatsapp/inbound/describe/unread.ts";

/** Kinds of messages beyond text, as `describeMessage` marks them for the model. */
export type Kind =
  | "voice"
  | "image"
  | "video"
  | "document"
  | "sticker"
  | "location"
  | "contact"
  | "order"
  | "form"
  | "welcome"
  | "lost";

const KINDS: readonly { kind: Kind | null; begins: RegExp }[] = [
  { kind: "voice", begins: /^(voice note|audio)\b/ },
  { kind: "image", begins: /^image\b/ },
  { kind: "video", begins: /^video\b/ },
  { kind: "document", begins: /^document\b/ },
  { kind: "sticker", begins: /^sticker\b/ },
  { kind: "location", begins: /^location\b/ },
  { kind: "contact", begins: /^(contact|shared their own number)\b/ },
  { kind: "order", begins: /^order\b/ },
  { kind: "form", begins: /^(form reply|address)\b/ },
  { kind: "welcome", begins: /^opened the chat\b/ },
  { kind: "lost", begins: /^(unsupported|empty|\w+) message$|^unsupported message:|^message that\b/ },
  // Marks about a message, which are no kind of their own.
  {
    kind: null,
    begins: /^(profile name|button|list choice|in reply to|forwarded|from the (ad|post)|about product)\b/,
  },
  {
    kind: null,
    begins: /^(reaction|edited|deleted|call permission|system notice|changed|has a new phone)\b/,
  },
  { kind: null, begins: /^WhatsApp could not\b/ },
];
const MARK = /【([^【】]*)】/g;
/** Marks in place of content that could not be read. */
const NOT_OPENED = new RegExp(Object.values(UNREAD).join("|"), "g");
/** A row whose title was too long for WhatsApp; the mark holds the whole title. */
const CUT_CHOICE = /【list choice: ([^】]*)】 (.*)…$/gm;
const READ = /(【document[^】]*】)(.*)$/gm;

/** The customer's message without the marks added by us. */
export interface Marked {
  kinds: Kind[];
  /** Content of the last mark of each kind, e.g. the place of a location. */
  details: Partial<Record<Kind, string>>;
  /** The customer's words, typed or spoken. */
  words: string;
  /** Text of a document. */
  read: string;
  /** False when a part could not be opened. */
  opened: boolean;
}

/** Separates the marks of `describeMessage` from the words. Other brackets are the customer's own. */
export function readMarks(text: string): Marked {
  const kinds = new Set<Kind>();
  const details: Marked["details"] = {};
  let read = "";
  const words = text
    .replace(NOT_OPENED, "")
    .replace(CUT_CHOICE, (whole, all: string, title: string) => (all.startsWith(title) ? all : whole))
    .replace(READ, (_, mark: string, inside: string) => {
      read ||= inside.trim();
      return mark;
    })
    .replace(MARK, (whole, inside: string) => {
      const known = KINDS.find(({ begins }) => begins.test(inside));
      if (!known) return whole;
      if (known.kind) {
        kinds.add(known.kind);
        details[known.kind] = inside.split(": ").slice(1).join(": ");
      }
      return "";
    })
    .replace(/^[ \t]+|[ \t]+$/gm, "")
    .replace(/\n{2,}/g, "\n")
    .trim();
  return { kinds: [...kinds], details, words, read, opened: text.search(NOT_OPENED) < 0 };
}
