import type {
  ConversationView,
  HandoffView,
  NoteView,
  ThreadMessage,
  ThreadTurn,
} from "../../../../../contracts/console/thread.ts";
import { sameDay } from "../../../chat/day.tsx";
import { type Row, rowsOf } from "../../../chat/rows.ts";

/** A message with its bubble, and the turn that ended with it. */
export interface MessageItem {
  kind: "message";
  key: string;
  at: number;
  row: Row;
  message: ThreadMessage;
  /** True when the bubble above has the same author. */
  follows: boolean;
  turn: ThreadTurn | null;
}

/** One line of the thread. */
export type Item =
  | MessageItem
  | { kind: "day"; key: string; at: number }
  | { kind: "note"; key: string; at: number; note: NoteView }
  | { kind: "handoff"; key: string; at: number; event: HandoffEvent; handoff: HandoffView }
  /** A turn that said nothing, with what went wrong. */
  | { kind: "turn"; key: string; at: number; turn: ThreadTurn };

/** Moments of a handoff. */
export type HandoffEvent = "opened" | "taken" | "back";

type Shown = Pick<ConversationView, "messages" | "turns" | "notes" | "older"> & {
  customer: Pick<ConversationView["customer"], "handoffs">;
};

/** Everything that the thread shows, in order of time, with a heading for each day. */
export function itemsOf(view: Shown): Item[] {
  const first = view.older === null ? Number.NEGATIVE_INFINITY : (view.messages[0]?.at ?? 0);
  const items: Item[] = [
    ...messageItems(view),
    ...view.notes.map((note) => ({ kind: "note", key: `note-${note.id}`, at: note.at, note }) as const),
    ...view.customer.handoffs.flatMap(handoffItems),
    ...silentTurns(view).map(
      (turn) => ({ kind: "turn", key: `turn-${turn.id}`, at: turn.at, turn }) as const,
    ),
  ];
  return withDays(items.filter(({ at }) => at >= first).sort((a, b) => a.at - b.at));
}

function messageItems({ messages, turns }: Shown): MessageItem[] {
  const known = new Map(messages.map((message) => [message.id, message]));
  const lastOf = new Map<string, string>();
  for (const { id, direction, turnId } of messages) if (turnId && direction === "out") lastOf.set(turnId, id);
  const turnsByLast = new Map(turns.map((turn) => [lastOf.get(turn.id), turn]));
  return rowsOf({ messages, turns: [], statuses: {}, readIds: [] }).flatMap((row) => {
    const message = known.get(row.message.id);
    if (!message) return [];
    // Ticks on a customer's bubble belong to the customer's phone.
    const own = message.direction === "in" ? { ...row, status: null } : row;
    const { id, at } = message;
    const turn = turnsByLast.get(id) ?? null;
    return [{ kind: "message", key: id, at, row: own, message, follows: false, turn } as const];
  });
}

function handoffItems(handoff: HandoffView): Item[] {
  const { id, openedAt, takenAt, handedBackAt } = handoff;
  const item = (event: HandoffEvent, at: number | null): Item[] =>
    at === null ? [] : [{ kind: "handoff", key: `${event}-${id}`, at, event, handoff }];
  return [...item("opened", openedAt), ...item("taken", takenAt), ...item("back", handedBackAt)];
}

/** Turns with an error and without a reply. */
function silentTurns({ messages, turns }: Shown): ThreadTurn[] {
  const replied = new Set(
    messages.filter(({ direction }) => direction === "out").map(({ turnId }) => turnId),
  );
  return turns.filter(({ id, errors }) => errors.length > 0 && !replied.has(id));
}

/** Puts a heading above the first item of each day, and marks bubbles that follow one of the same author. */
function withDays(items: readonly Item[]): Item[] {
  return items.flatMap((item, place) => {
    const before = items[place - 1];
    const day: Item[] =
      before && sameDay(before.at, item.at) ? [] : [{ kind: "day", key: `day-${item.key}`, at: item.at }];
    if (item.kind !== "message") return [...day, item];
    const follows = day.length === 0 && before?.kind === "message" && sameAuthor(before, item);
    return [...day, { ...item, follows }];
  });
}

function sameAuthor({ message: a, turn }: MessageItem, { message: b }: MessageItem): boolean {
  return (
    a.author === b.author &&
    a.operator?.id === b.operator?.id &&
    a.fromPhoneApp === b.fromPhoneApp &&
    turn === null
  );
}

/** Messages of others that came after `seenAt`: what "new messages" counts. */
export function newSince(messages: readonly ThreadMessage[], seenAt: number, operatorId: string): number {
  return messages.filter(
    ({ at, content, operator }) => at > seenAt && content?.kind !== "reaction" && operator?.id !== operatorId,
  ).length;
}
