import type { ChatMessage } from "../../../contracts/chat.ts";
import { type Texts, textFor } from "../texts/texts.ts";
import { plainText } from "./text/formatting.ts";

type Shown = Pick<ChatMessage, "text" | "type" | "content">;

/** Text of a bubble in WhatsApp's formatting; null when its content needs none. */
export function textOf({ text, type, content }: Shown, { chat }: Texts): string | null {
  switch (content?.kind) {
    case undefined:
      return text ?? textFor(chat.kinds, type) ?? `[${type}]`;
    case "media":
      return content.caption || null;
    case "order":
      return content.note || null;
    case "interactive":
      return content.body;
    case "template":
      return templateWords(text);
    case "reaction":
      return content.emoji;
    case "tap":
      return content.title;
    default:
      return null;
  }
}

/** A template's words, where they were known when it was sent; stored otherwise is a note of ours in brackets. */
const templateWords = (text: string | null): string | null =>
  text === null || text === "" || text.startsWith("【") ? null : text;

/** One-line summary of a message for quotes: its kind, then its text. */
export function summaryOf(message: Shown, texts: Texts): string {
  const { content } = message;
  const text = plainText(textOf(message, texts) ?? "");
  const kind = content?.kind === "media" ? content.media : content?.kind;
  const kindName = kind === undefined ? undefined : textFor(texts.chat.kinds, kind);
  const filename = content?.kind === "media" && content.media === "document" && content.file.filename;
  const detail = content?.kind === "location" ? content.name : text || filename;
  return [kindName, detail].filter(Boolean).join(": ").slice(0, 200);
}
