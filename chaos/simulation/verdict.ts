import { type Audit, mayHaveGone } from "./audit.ts";
import type { Meta } from "./meta.ts";
import type { StoreModel } from "./store/model.ts";
import type { MessageRow, TurnRow } from "./store/tables.ts";

/** What a schedule came to, in numbers. */
export interface Counts {
  messages: number;
  turns: number;
  /** Parts that reached the customer twice. */
  twice: number;
  /** Parts sent as often as allowed and never confirmed. */
  unconfirmed: number;
  dead: number;
  handedOver: number;
}

/** Checks what must hold at the end, once everything works again and nothing is left to do. */
export function judge(store: StoreModel, audit: Audit, meta: Meta): Counts {
  const { tables } = store;
  const turns = new Map(tables.turns.map((turn) => [turn.id, turn]));
  const parts = repliesByTurn(store);
  const counts: Counts = { messages: 0, turns: 0, twice: 0, unconfirmed: 0, dead: 0, handedOver: 0 };
  for (const waMessageId of meta.written.keys()) {
    counts.messages += 1;
    const message = tables.messages.find((row) => row.waMessageId === waMessageId);
    if (!message) audit.fail(`${waMessageId} was acknowledged and is not stored`);
    else judgeMessage(message, store, audit, turns, parts, counts);
  }
  for (const [turnId, own] of parts) {
    counts.turns += 1;
    for (const part of own) judgePart(part, turns.get(turnId), audit, counts);
  }
  judgeRepliesPerMessage(parts, audit);
  judgeHandoffs(store, audit);
  for (const turn of tables.turns) {
    if (turn.state === "running" || turn.state === "drafted") audit.fail(`a turn is ${turn.state} for ever`);
  }
  return counts;
}

function repliesByTurn({ tables }: StoreModel): Map<string, MessageRow[]> {
  const parts = new Map<string, MessageRow[]>();
  for (const message of tables.messages) {
    if (message.author !== "bot" || message.turnId === null) continue;
    parts.set(message.turnId, [...(parts.get(message.turnId) ?? []), message]);
  }
  return parts;
}

function judgeMessage(
  { waMessageId, state, seq, conversationId, turnId }: MessageRow,
  { tables }: StoreModel,
  audit: Audit,
  turns: ReadonlyMap<string, TurnRow>,
  parts: ReadonlyMap<string, MessageRow[]>,
  counts: Counts,
): void {
  if (state === "rate_limited") return;
  const talk = tables.conversations.find(({ id }) => id === conversationId);
  if (seq === null || !talk || seq > talk.answeredSeq) {
    audit.fail(`${waMessageId} is stranded`);
    return;
  }
  if (turnId === null) {
    counts.handedOver += 1;
    if (!audit.handedOver.has(waMessageId ?? "")) audit.fail(`${waMessageId} was never answered`);
    return;
  }
  const turn = turns.get(turnId);
  if (turn?.state === "dead") {
    counts.dead += 1;
    const failed =
      parts.get(turnId)?.some((part) => part.state === "failed") || turn.errors.includes("window:closed");
    if (!failed && turn.rung !== "apology") audit.fail(`${waMessageId} is dead without a reason`);
  } else if (turn?.state !== "answered" || !parts.has(turnId)) {
    audit.fail(`${waMessageId} has a turn that is ${turn?.state} and no reply`);
  }
}

/** A written part reached the customer, or may have as often as it was allowed to, or its turn is dead. */
function judgePart(
  { id, state, sends }: MessageRow,
  turn: TurnRow | undefined,
  audit: Audit,
  counts: Counts,
): void {
  const made = audit.sends.get(id) ?? [];
  const arrived = made.filter(({ accepted }) => accepted).length;
  if (arrived > 2 || mayHaveGone(made) > 2) audit.fail("a message was sent a third time");
  if (arrived === 2) counts.twice += 1;
  if (state === "withheld") {
    if (made.length > 0) audit.fail("a withheld reply was sent");
    return;
  }
  if (arrived > 0 || turn?.state === "dead" || state === "failed") return;
  if (state !== "ambiguous" || sends < 2) audit.fail(`a reply is ${state} and was never sent`);
  counts.unconfirmed += 1;
}

function judgeRepliesPerMessage(parts: ReadonlyMap<string, MessageRow[]>, audit: Audit): void {
  const answeredBy = new Map<string, string>();
  for (const [turnId, own] of parts) {
    if (!own.some(({ id }) => audit.sends.get(id)?.some(({ accepted }) => accepted))) continue;
    for (const waMessageId of audit.covered.get(turnId) ?? []) {
      if (answeredBy.has(waMessageId)) audit.fail(`${waMessageId} was answered by two turns`);
      answeredBy.set(waMessageId, turnId);
    }
  }
}

/** A reply that calls a person opens one handoff; no other turn does. */
function judgeHandoffs({ tables }: StoreModel, audit: Audit): void {
  for (const { turnId, conversationId } of tables.handoffs) {
    if (turnId !== null && !audit.toldOf.has(conversationId)) audit.fail("nobody was told of a handoff");
  }
  for (const { id, state } of tables.turns) {
    const opened = tables.handoffs.filter(({ turnId }) => turnId === id).length;
    const calls = audit.callsPerson.has(id) && ["answered", "dead"].includes(state);
    if (opened !== (calls ? 1 : 0)) audit.fail(`a turn that is ${state} opened ${opened} handoffs`);
  }
}
