import type { Brief } from "./brief.ts";
import { PHRASES } from "./phrases/phrases.ts";

const BEGINNING_CHARACTERS = 80;

/** Answers a message without words; null for a message with words. */
export function answerWithoutWords({ sent, text, images, language }: Brief): string | null {
  const { received, thanksFor, cannotRead, cannotLookUp, askMore } = PHRASES[language];
  const [kind] = sent.kinds;
  if (text !== "" || kind === "welcome") return null;
  if (!sent.opened) return cannotRead;
  switch (kind) {
    case undefined:
      return askMore;
    case "image":
      return images > 0 ? `${thanksFor.picture} ${received.image}` : cannotRead;
    case "document":
      return sent.read === ""
        ? cannotRead
        : received.document(sent.details.document ?? "", firstWords(sent.read));
    case "order":
      return cannotLookUp;
    case "location":
      return `${thanksFor.place} ${askMore}`;
    case "sticker":
    case "contact":
    case "form":
      return received[kind];
    default:
      return cannotRead;
  }
}

/** Adds thanks for attachments to an answer, and says when one could not be opened. */
export function framed(answer: string, { sent, text, images, language }: Brief): string {
  const { thanksFor, cannotRead } = PHRASES[language];
  if (text === "") return sent.kinds.includes("location") ? `${thanksFor.place} ${answer}` : answer;
  const unseen = !sent.opened || (sent.kinds.includes("image") && images === 0);
  return `${images > 0 ? `${thanksFor.picture} ` : ""}${answer}${unseen ? `\n\n${cannotRead}` : ""}`;
}

function firstWords(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= BEGINNING_CHARACTERS
    ? line
    : `${line.slice(0, BEGINNING_CHARACTERS).toWellFormed()}…`;
}
