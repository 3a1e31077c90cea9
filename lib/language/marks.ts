/**
 * Marks tell the model what is not a customer's own words: `【voice note】`, `【in reply to: "…"】`. Their brackets are ours
 * alone: `unmarked` takes them out of every text from outside. They cost a token each, as square brackets do.
 */
const OPEN = "【";
const CLOSE = "】";

/** A whole mark; none holds another. */
const MARK = /【[^【】]*】/g;

/** Square and lenticular brackets and their lookalikes. */
const OPENING = /[[【［﹇︻︗︹⁅❲⟦⟬〔〖〘〚⦋⦍⦏⦗﹝⌈⌊⎡⎣⸢⸤⹕⹗]/g;
const CLOSING = /[\]】］﹈︼︘︺⁆❳⟧⟭〕〗〙〛⦌⦎⦐⦘﹞⌉⌋⎤⎦⸣⸥⹖⹘]/g;

/** A mark of this kind with its details. Brackets in either become round, whoever wrote them. */
export function mark(kind: string, ...details: readonly string[]): string {
  const said = details.filter(Boolean).join(", ");
  return `${OPEN}${unmarked(said ? `${kind}: ${said}` : kind)}${CLOSE}`;
}

/** Text from outside, with round brackets for those of our marks and their lookalikes: nobody else can write a mark. */
export const unmarked = (text: string): string => text.replace(OPENING, "(").replace(CLOSING, ")");

/** Text of the business, a model or a tool, which may quote a customer: only the brackets of marks become round. */
export const unquoted = (text: string): string => text.replaceAll(OPEN, "(").replaceAll(CLOSE, ")");

/** The text without our marks. */
export const withoutMarks = (text: string, between = " "): string => text.replace(MARK, between);

/** True when the text holds a mark. */
export const hasMark = (text: string): boolean => text.includes(OPEN);

/** First words of every mark, for a text that only imitates one: `[voice note] …`. */
export const MARK_KINDS = [
  ...["voice note", "audio", "image", "video", "document", "sticker", "location", "contact", "contacts"],
  ...["shared their own number", "button", "list choice", "form reply", "address", "call permission"],
  ...["interactive message", "order", "reaction", "system notice", "unsupported message", "empty message"],
  ...["in reply to", "forwarded", "from the ad", "from the post", "about product", "profile name"],
  ...["note from a colleague"],
  ...[
    "opened the chat",
    "edited an earlier message",
    "deleted an earlier message",
    "changed their phone number",
  ],
  ...["has a new phone", "message that WhatsApp could not show", "WhatsApp could not deliver"],
  ...[
    "too large or too long to be opened",
    "no longer available",
    "a kind of file that cannot be opened",
    "a kind of sound that cannot be heard",
  ],
  ...[
    "could not be opened",
    "not listened to",
    "not opened",
    "nothing could be heard",
    "no text in it",
    "left out",
  ],
  ...["the image could not be shown", "the conversation begins"],
  // After our own words.
  ...["buttons", "list", "link", "form", "template", "location request", "contact request"],
] as const;
