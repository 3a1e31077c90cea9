import { type Audit, mayHaveGone } from "./audit.ts";
import type { Meta } from "./meta.ts";
import type { StoreModel } from "./store/model.ts";
import type { MessageRow, Tables, TurnRow } from "./store/tables.ts";

/** Totals of a schedule. */
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

/** Checks every guarantee at the end of a schedule, once all faults have ended and all messages are answered. */
export function verdict(store: StoreModel, audit: Audit, meta: Meta): Counts {
  const { tables } = store;
  const turns = new Map(tables.turns.map((turn) => [turn.id, turn]));
  const parts = repliesByTurn(store);
  const counts: Counts = { messages: 0, turns: 0, twice: 0, unconfirmed: 0, dead: 0, handedOver: 0 };
  for (const { phoneNumberId, waMessageId } of meta.written.values()) {
    counts.messages += 1;
    const message = tables.messages.find(
      (row) => row.waMessageId === waMessageId && numberOf(store, row) === phoneNumberId,
    );
    if (!message) audit.fail(`${waMessageId} of ${phoneNumberId} was acknowledged and is not stored`);
    else checkMessage(message, { store, audit, turns, parts, counts });
  }
  for (const [turnId, own] of parts) {
    counts.turns += 1;
    for (const part of own) {
      checkPart(part, turns.get(turnId), audit, counts);
      checkPlainForm(part, audit);
    }
  }
  checkRepliesPerMessage(parts, audit);
  checkPresses(store, audit);
  checkHandoffs(store, audit);
  checkNotices(store, audit);
  for (const turn of tables.turns) {
    if (turn.state === "running" || turn.state === "drafted") audit.fail(`a turn is ${turn.state} for ever`);
  }
  return counts;
}

function numberOf({ tables }: StoreModel, { conversationId }: MessageRow): string | undefined {
  const conversation = tables.conversations.find(({ id }) => id === conversationId);
  return tables.tenants.find(({ id }) => id === conversation?.tenantId)?.phoneNumberId;
}

function repliesByTurn({ tables }: StoreModel): Map<string, MessageRow[]> {
  const parts = new Map<string, MessageRow[]>();
  for (const message of tables.messages) {
    if (message.direction === "in" || message.turnId === null) continue;
    parts.set(message.turnId, [...(parts.get(message.turnId) ?? []), message]);
  }
  return parts;
}

/** State of a schedule at its end. */
interface End {
  store: StoreModel;
  audit: Audit;
  turns: ReadonlyMap<string, TurnRow>;
  parts: ReadonlyMap<string, MessageRow[]>;
  counts: Counts;
}

function checkMessage(
  { id, waMessageId, state, seq, conversationId, turnId }: MessageRow,
  { store: { tables }, audit, turns, parts, counts }: End,
): void {
  if (state === "rate_limited" || state === "opted_out") return;
  const conversation = tables.conversations.find(({ id }) => id === conversationId);
  // Messages answered before two records of one customer were merged have no number any more.
  const handedOver = audit.handedOver.has(id) || tables.leftToOperators.has(id);
  const answered = turnId !== null || handedOver;
  if (!conversation || (seq === null ? !answered : seq > conversation.answeredSeq)) {
    audit.fail(`${waMessageId} is stranded`);
    return;
  }
  if (turnId === null) {
    counts.handedOver += 1;
    if (!handedOver) audit.fail(`${waMessageId} was never answered`);
    return;
  }
  const turn = turns.get(turnId);
  if (turn?.rung === "operator") {
    counts.handedOver += 1;
  } else if (turn?.state === "dead") {
    counts.dead += 1;
    const failed =
      parts.get(turnId)?.some(({ state }) => state === "failed" || state === "ambiguous") ||
      turn.errors.includes("window:closed");
    if (!failed && turn.rung !== "apology") audit.fail(`${waMessageId} is dead without a reason`);
  } else if (turn?.state === "withheld" && (handedOver || hasStopped(tables, conversationId))) {
    // An operator answers, or the customer wants no answer.
  } else if (turn?.state !== "answered" || !parts.has(turnId)) {
    audit.fail(`${waMessageId} has a turn that is ${turn?.state} and no reply`);
  }
}

const hasStopped = ({ messages }: Tables, id: string): boolean =>
  messages.some(({ conversationId, opt }) => conversationId === id && opt === "stop");

/** A stored part was accepted or refused by the Graph API, or withheld, or its turn is a dead letter. */
function checkPart({ id, state }: MessageRow, turn: TurnRow | undefined, audit: Audit, counts: Counts): void {
  const sends = audit.sends.get(id) ?? [];
  const arrived = sends.filter(({ accepted }) => accepted).length;
  if (arrived > 2 || mayHaveGone(sends) > 2) audit.fail("a message was sent a third time");
  if (arrived === 2) counts.twice += 1;
  const givenUp = turn?.state === "dead" || turn?.state === "failed";
  if (givenUp && state === "ambiguous") counts.unconfirmed += 1;
  if (arrived > 0 || givenUp || state === "failed" || state === "withheld") return;
  audit.fail(`a reply is ${state} and never reached the Graph API`);
}

/** The plain form of a message is sent only when the message itself has reached nobody. */
function checkPlainForm({ id, plainFormOf }: MessageRow, audit: Audit): void {
  const reached = (partId: string) =>
    audit.sends.get(partId)?.some(({ accepted, failed }) => accepted && !failed);
  if (plainFormOf !== null && reached(plainFormOf) && reached(id))
    audit.fail("a message and its plain form were both delivered");
}

function checkRepliesPerMessage(parts: ReadonlyMap<string, MessageRow[]>, audit: Audit): void {
  const answeredBy = new Map<string, string>();
  for (const [turnId, own] of parts) {
    if (!own.some(({ id }) => audit.sends.get(id)?.some(({ accepted }) => accepted))) continue;
    for (const messageId of audit.covered.get(turnId) ?? []) {
      if (answeredBy.has(messageId)) audit.fail(`${messageId} was answered by two turns`);
      answeredBy.set(messageId, turnId);
    }
  }
}

/** What an operator pressed once reaches the customer once, and is not kept from them while the operator has the conversation. */
function checkPresses({ tables }: StoreModel, audit: Audit): void {
  const arrived = new Set<string>();
  for (const { id, pressId, state, conversationId } of tables.messages) {
    if (pressId === undefined) continue;
    const conversation = tables.conversations.find((each) => each.id === conversationId);
    if (state === "withheld" && conversation && !hasStopped(tables, conversationId))
      audit.fail("what an operator wrote was withheld");
    if (!audit.sends.get(id)?.some(({ accepted }) => accepted)) continue;
    if (arrived.has(pressId)) audit.fail("a customer got what was pressed once twice");
    arrived.add(pressId);
  }
}

/** A customer hears once for each handoff that nobody has come. */
function checkNotices({ tables }: StoreModel, audit: Audit): void {
  for (const { id } of tables.conversations) {
    const notices = tables.turns.filter(
      ({ conversationId, rung }) => conversationId === id && rung === "notice",
    );
    const handoffs = tables.handoffs.filter(({ conversationId }) => conversationId === id);
    if (notices.length > handoffs.length) audit.fail("a customer heard twice that nobody has come");
  }
}

/** A reply that calls an operator opens one handoff; no other turn does. */
function checkHandoffs({ tables }: StoreModel, audit: Audit): void {
  for (const { turnId, conversationId, handedBack, taken } of tables.handoffs) {
    const joined = tables.conversations.find(({ id }) => id === conversationId)?.joined ?? [];
    const notified = [conversationId, ...joined].some((id) => audit.notified.has(id));
    // A conversation that was taken or handed back earlier needs no notification.
    if (turnId !== null && !handedBack && !taken && !notified)
      audit.fail("no operator was notified of a handoff");
  }
  for (const { id, state } of tables.turns) {
    const opened = tables.handoffs.filter(({ turnId }) => turnId === id).length;
    const calls = audit.opensHandoff.has(id) && ["answered", "dead", "withheld"].includes(state);
    if (opened !== (calls ? 1 : 0)) audit.fail(`a turn that is ${state} opened ${opened} handoffs`);
  }
}
