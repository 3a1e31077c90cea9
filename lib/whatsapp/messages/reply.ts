import type { FreeFormMessage, ReplyExtra } from "../../types/outbound.ts";
import { toWhatsApp } from "../format/format.ts";
import { splitText } from "../format/split.ts";
import { choicesMessage, numbered } from "./choices.ts";
import { LIMITS } from "./limits.ts";

export { describeOutbound } from "./describe.ts";

/** Body for a button when the reply has no words left; Meta requires one. */
const POINTING = "👇";

/**
 * Messages for a reply in Markdown with its choices, location request, file or page. One message if it fits, because Meta does not
 * guarantee the order of several; none for an empty reply. Every message is within Meta's limits.
 */
export function replyMessages(markdown: string, extra: ReplyExtra | null): FreeFormMessage[] {
  const words = toWhatsApp(markdown);
  if (extra === null) return texts(words);
  switch (extra.kind) {
    case "choices":
      return withChoices(words, extra);
    case "location_request":
      return withLocationRequest(words);
    default:
      return withAttachment(words, extra);
  }
}

function texts(words: string): FreeFormMessage[] {
  return splitText(words).map((text) => ({ kind: "text", text }));
}

/** Buttons or a list under the last part of the words, or else numbered text after them. */
function withChoices(words: string, extra: Extract<ReplyExtra, { kind: "choices" }>): FreeFormMessage[] {
  const parts = splitText(words);
  const message = choicesMessage(parts.at(-1) ?? POINTING, extra);
  if (message) return [...parts.slice(0, -1).flatMap(texts), message];
  return texts([words, numbered(extra.options)].filter(Boolean).join("\n\n"));
}

/** Meta's location button under all the words, or else under their last paragraph. */
function withLocationRequest(words: string): FreeFormMessage[] {
  const last = lastParagraph(words, LIMITS.interactiveBody);
  const before = texts(words.slice(0, words.length - last.length));
  return [...before, { kind: "location_request", body: last || POINTING }];
}

/** A file under all the words as its caption, or a page's button under them; under their last paragraph where they are too long. */
function withAttachment(
  words: string,
  extra: Extract<ReplyExtra, { kind: "picture" | "file" | "page" }>,
): FreeFormMessage[] {
  const last = lastParagraph(words, extra.kind === "page" ? LIMITS.interactiveBody : LIMITS.caption);
  const before = texts(words.slice(0, words.length - last.length));
  if (extra.kind === "page")
    return [...before, { kind: "cta_url", body: last || POINTING, label: extra.label, url: extra.url }];
  const caption = last && { caption: last };
  const media = { link: extra.link };
  if (extra.kind === "picture") return [...before, { kind: "image", media, ...caption }];
  return [...before, { kind: "document", media, filename: extra.filename, ...caption }];
}

/** All of `words` if they fit, else their last paragraph; empty when that does not fit or is inside code. */
function lastParagraph(words: string, max: number): string {
  if (words.length <= max) return words;
  const start = words.lastIndexOf("\n\n") + 2;
  const inCode = words.slice(0, start).split("```").length % 2 === 0;
  return start < 2 || inCode || words.length - start > max ? "" : words.slice(start);
}
