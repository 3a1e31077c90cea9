import { type KeyboardEvent, useId, useState } from "react";
import type { QuickReply } from "../../../../../contracts/console/settings.ts";
import { useSession, useTenant } from "../../client/session.tsx";
import type { ConversationProps } from "../../outbox/conversation-props.ts";
import { drafts, useDraft } from "../../outbox/drafts.ts";
import { insertText } from "../../outbox/insert-text.ts";
import { useKeyedAct } from "../../shell/commands.ts";
import { fillPlaceholders, firstName } from "./placeholders.ts";
import { matchingReplies, slashWord } from "./slash.ts";
import { useQuickReplies } from "./use-quick-replies.ts";

type Box = { current: HTMLTextAreaElement | null };

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** The list of quick replies under a `/` in the box: arrows move, Enter or Tab chooses, Escape closes. */
export function useQuickList({ view }: ConversationProps, box: Box) {
  const { row } = view;
  const { writes } = useDraft(row.id);
  const listId = useId();
  const [slash, setSlash] = useState<{ from: number; word: string } | null>(null);
  const [active, setActive] = useState(0);
  const fill = useFill(row.name);
  const open = slash !== null && writes === "message";
  const replies = useQuickReplies(open);
  const found = matchingReplies(replies ?? [], slash?.word ?? "", row.language);
  const look = () => {
    const { current } = box;
    const next = current && slashWord(current.value, current.selectionStart);
    if (next?.word !== slash?.word) setActive(0);
    setSlash(next);
  };
  const choose = (reply: QuickReply) => {
    if (box.current && slash) {
      const to = slash.from + slash.word.length + 1;
      insertText(box.current, row.id, fill(reply.text), { from: slash.from, to });
    }
    setSlash(null);
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const act = open && keyOf(event.key, found.length);
    if (!act) return false;
    const chosen = found[active];
    event.preventDefault();
    if (act === "close") setSlash(null);
    else if (act === "choose") chosen && choose(chosen);
    else setActive((active + (STEPS[event.key] ?? 0) + found.length) % found.length);
    return true;
  };
  const start = () => startSlash(box.current, row.id, look);
  useKeyedAct("quickReplies", start);
  const activeId = open && found[active] ? `${listId}-${active}` : undefined;
  return { open, found, loaded: replies, active, activeId, listId, choose, fill, look, start, onKeyDown };
}

/** What a key does in the list; null: nothing, it goes on to the box. */
function keyOf(key: string, count: number): "choose" | "close" | "move" | null {
  if (key === "Escape") return "close";
  if (count === 0) return null;
  if (key === "Enter" || key === "Tab") return "choose";
  return STEPS[key] === undefined ? null : "move";
}

function useFill(name: string | null): (text: string) => string {
  const { me } = useSession();
  const { company } = useTenant();
  return (text) => fillPlaceholders(text, { name: firstName(name), operator: firstName(me.name), company });
}

/** Puts a `/` where the caret is, as if it had been typed, and opens the list. */
function startSlash(box: HTMLTextAreaElement | null, conversationId: string, look: () => void): void {
  if (!box) return;
  const { selectionStart: caret } = box;
  const before = drafts.get(conversationId).text.message[caret - 1];
  const slash = before === undefined || /\s/u.test(before) ? "/" : " /";
  insertText(box, conversationId, slash, { from: caret, to: box.selectionEnd });
  requestAnimationFrame(look);
}
