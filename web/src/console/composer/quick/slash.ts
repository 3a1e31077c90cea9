import type { QuickReply } from "../../../../../contracts/console/settings.ts";
import type { Language } from "../../../../../lib/types/company.ts";

const MOST_SHOWN = 8;

/** The word after a `/` that stands before the caret, and where the `/` is; null when there is none. */
export function slashWord(text: string, caret: number): { from: number; word: string } | null {
  const found = /(?:^|\s)\/(?<word>[\p{L}\p{N}_-]{0,40})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const word = found.groups?.word ?? "";
  return { from: caret - word.length - 1, word };
}

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Quick replies for what was typed: shortcuts that begin with it, then those that hold it, then texts; the customer's language first. */
export function matchingReplies(
  replies: readonly QuickReply[],
  word: string,
  language: Language | null,
): QuickReply[] {
  const wanted = fold(word);
  const rank = ({ shortcut, text }: QuickReply): number => {
    if (fold(shortcut).startsWith(wanted)) return 0;
    if (fold(shortcut).includes(wanted)) return 1;
    return fold(text).includes(wanted) ? 2 : 3;
  };
  const foreign = (reply: QuickReply) =>
    reply.language !== null && language !== null && reply.language !== language ? 1 : 0;
  return replies
    .map((reply) => ({ reply, order: rank(reply) }))
    .filter(({ order }) => order < 3)
    .sort(
      (a, b) =>
        a.order - b.order ||
        foreign(a.reply) - foreign(b.reply) ||
        a.reply.shortcut.localeCompare(b.reply.shortcut),
    )
    .slice(0, MOST_SHOWN)
    .map(({ reply }) => reply);
}
