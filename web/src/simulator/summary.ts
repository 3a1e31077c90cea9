import type { SimMessage } from "../api.ts";
import type { Texts } from "../texts/texts.ts";
import { textFor } from "../texts/texts.ts";
import { plainText } from "./formatting.ts";

/** The words of a bubble, in WhatsApp's formatting; null when what it shows needs none. */
export function wordsOf({ text, type, content }: Shown, texts: Texts): string | null {
  const { chat } = texts.simulator;
  switch (content?.kind) {
    case undefined:
      return text ?? textFor(texts.simulator.messages.kinds, type) ?? chat.noText(type);
    case "media":
      return content.caption || null;
    case "interactive":
      return content.body;
    case "reaction":
      return content.emoji;
    case "tap":
      return content.title;
    default:
      return null;
  }
}

type Shown = Pick<SimMessage, "text" | "type" | "content">;

/** A message on one line, for quotes: its kind, then its words. */
export function summaryOf(message: Shown, texts: Texts): string {
  const { content } = message;
  const { kinds } = texts.simulator.messages;
  const words = plainText(wordsOf(message, texts) ?? "");
  const kind = content?.kind === "media" ? content.media : content?.kind;
  const named = kind === undefined ? undefined : textFor(kinds, kind);
  const filename = content?.kind === "media" && content.media === "document" && content.file.filename;
  const detail = content?.kind === "location" ? content.name : words || filename;
  return [named, detail].filter(Boolean).join(": ").slice(0, 200);
}
