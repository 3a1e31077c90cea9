import type {
  ConversationState,
  ConversationView,
  NoteView,
  OlderMessages,
  ThreadMessage,
  ThreadTurn,
} from "../../../../../contracts/console/thread.ts";
import { furthest } from "../../../chat/status.ts";

/** What the live stream says about one conversation. */
export interface ViewChange {
  messages?: readonly ThreadMessage[];
  turns?: readonly ThreadTurn[];
  notes?: readonly NoteView[];
  presence?: ConversationView["presence"];
  conversation?: ConversationState;
}

interface Dated {
  id: string;
  at: number;
}

/** Items with `fresh` ones in their places by time; one with a known id takes the place of the old one. */
function placed<T extends Dated>(items: T[], fresh: readonly T[], join: (old: T, item: T) => T): T[] {
  if (fresh.length === 0) return items;
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const item of fresh) {
    const old = byId.get(item.id);
    byId.set(item.id, old ? join(old, item) : item);
  }
  return [...byId.values()].sort((a, b) => a.at - b.at);
}

const newest = <T>(_: T, item: T): T => item;

/** The newer copy, but with the further delivery status: events may overtake each other. */
function joinMessages(old: ThreadMessage, message: ThreadMessage): ThreadMessage {
  const status = message.status === "failed" ? "failed" : furthest(message.status, old.status);
  return { ...message, status };
}

/** The view after a change; events may come twice and in any order. */
export function changeView(view: ConversationView, change: ViewChange): ConversationView {
  return {
    ...view,
    ...change.conversation,
    messages: placed(view.messages, change.messages ?? [], joinMessages),
    turns: placed(view.turns, change.turns ?? [], newest),
    notes: placed(view.notes, change.notes ?? [], newest),
    presence: change.presence ?? view.presence,
  };
}

/** The view with older messages above. */
export function withOlder(view: ConversationView, older: OlderMessages): ConversationView {
  return { ...changeView(view, older), older: older.older };
}

/**
 * A view that was read again, with what is loaded above it and what came while it was read. The new one alone when there
 * is a gap between them.
 */
export function reread(old: ConversationView | undefined, view: ConversationView): ConversationView {
  const overlaps = old?.messages.some(({ id }) => view.messages.some((message) => message.id === id));
  if (!old || !overlaps) return view;
  return {
    ...view,
    messages: placed(old.messages, view.messages, joinMessages),
    turns: placed(old.turns, view.turns, newest),
    notes: placed(old.notes, view.notes, newest),
    older: old.older,
  };
}
