import type { ReplyExtra } from "../../types/outbound.ts";
import { MAX_TEXT_MESSAGE } from "../../whatsapp/format/split.ts";
import { replyMessages } from "../../whatsapp/messages/reply.ts";
import { MAX_PARTS } from "../state/bounds.ts";

/** The beginning of a reply, at most `MAX_PARTS` messages with its extra, cut at the end of a sentence. */
export function withinParts(markdown: string, extra: ReplyExtra | null): string {
  let kept = cutAtSentence(markdown, MAX_PARTS * MAX_TEXT_MESSAGE);
  while (kept.length > MAX_TEXT_MESSAGE / 2 && replyMessages(kept, extra).length > MAX_PARTS)
    kept = cutAtSentence(kept, Math.floor(kept.length * 0.8));
  return kept;
}

const ENDS: readonly RegExp[] = [/\n\s*\n|[.!?…。！？]["'”’»)\]*_]*(?=\s)|[。！？]/g, /\s/g];

/** At most `max` UTF-16 units, cut at the last end of a sentence in the second half, else of a word. */
function cutAtSentence(text: string, max: number): string {
  if (text.length <= max) return text;
  const window = text.slice(0, max);
  for (const end of ENDS) {
    const last = [...window.matchAll(end)].at(-1);
    if (last && last.index > max / 2) return window.slice(0, last.index + last[0].length).trimEnd();
  }
  return window.toWellFormed();
}
