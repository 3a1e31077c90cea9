import type { FreeFormMessage, ReplyExtra } from "../../types/outbound.ts";
import { toWhatsApp } from "../format/format.ts";
import { splitText } from "../format/split.ts";
import { choicesMessage, numbered } from "./choices.ts";
import { LIMITS } from "./limits.ts";

export { describeOutbound } from "./describe.ts";

/** Stands where Meta wants words above a button and the reply has none left. */
const POINTING = "👇";

/**
 * What is sent for a reply in Markdown and what the model put under it: one message whenever it fits, since Meta does
 * not promise order between messages; none when there is nothing to say. Every message is within Meta's limits.
 */
export function replyMessages(markdown: string, extra: ReplyExtra | null): FreeFormMessage[] {
  const words = toWhatsApp(markdown);
  if (extra === null) return texts(words);
  return extra.kind === "choices" ? withChoices(words, extra) : withLocationRequest(words);
}

function texts(words: string): FreeFormMessage[] {
  return splitText(words).map((text) => ({ kind: "text", text }));
}

/** Buttons or a list under the last part of the words, else numbered text in them. */
function withChoices(words: string, extra: Extract<ReplyExtra, { kind: "choices" }>): FreeFormMessage[] {
  const parts = splitText(words);
  const message = choicesMessage(parts.at(-1) ?? POINTING, extra);
  if (message) return [...parts.slice(0, -1).flatMap(texts), message];
  return texts([words, numbered(extra.options)].filter(Boolean).join("\n\n"));
}

/** Meta's own button to share a location, under all of the words, else under their last paragraph. */
function withLocationRequest(words: string): FreeFormMessage[] {
  const last = lastParagraph(words, LIMITS.interactiveBody);
  const before = texts(words.slice(0, words.length - last.length));
  return [...before, { kind: "location_request", body: last || POINTING }];
}

/** All of `words` if it fits, else its last paragraph; empty when that does not fit or stands in code. */
function lastParagraph(words: string, max: number): string {
  if (words.length <= max) return words;
  const start = words.lastIndexOf("\n\n") + 2;
  const inCode = words.slice(0, start).split("```").length % 2 === 0;
  return start < 2 || inCode || words.length - start > max ? "" : words.slice(start);
}
