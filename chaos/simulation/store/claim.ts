import type { OpenWindow, StoredMessage } from "../../../lib/types/conversation.ts";
import type { OutboundMessage } from "../../../lib/types/outbound.ts";
import type { Claim, UnsentMessage } from "../../../lib/types/turn-store.ts";
import { customerOf } from "./customers.ts";
import { maySend } from "./may-send.ts";
import {
  type ConversationRow,
  deliveryRank,
  isUnconfirmed,
  type MessageRow,
  type Session,
  type TurnRow,
} from "./tables.ts";
import { usageToday } from "./usage.ts";

/** States of messages that are not part of the transcript. */
const NOT_SAID = ["draft", "ambiguous", "withheld", "failed", "rate_limited", "group", "revoked"];
const HISTORY = 10;

/** `claim_turn`. */
export function claimTurn(
  session: Session,
  conversationId: string,
  leaseMs: number,
  turnId = session.newId(),
): Claim | null {
  const { tables, now, bugs } = session;
  const conversation = tables.conversations.find(({ id }) => id === conversationId);
  const held = (until: number | null | undefined) => (until ?? -Infinity) > now();
  if (
    !conversation ||
    conversation.receivedSeq <= conversation.answeredSeq ||
    held(conversation.leaseExpiresAt) ||
    held(conversation.retryAt)
  )
    return null;
  for (const turn of tables.turns) {
    if (turn.conversationId === conversation.id && turn.state === "running") turn.state = "abandoned";
  }
  const { unfinished, unsent } = earlierReply(session, conversation);
  let pending: MessageRow[] = [];
  if (!unfinished) {
    if (conversation.status !== "bot") conversation.answeredSeq = conversation.receivedSeq;
    pending = inbound(session, conversation)
      .filter(({ seq, state }) => (seq ?? 0) > conversation.answeredSeq && state === "received")
      .sort((a, b) => a.sentAt - b.sentAt || (a.seq ?? 0) - (b.seq ?? 0));
    if (pending.length === 0) {
      Object.assign(conversation, { unreadSince: null, leaseExpiresAt: null, retryAt: null, attempts: 0 });
      conversation.answeredSeq = conversation.receivedSeq;
      conversation.epoch += 1;
      return null;
    }
  }
  const epoch = bugs.has("claim without a new epoch") ? conversation.epoch : conversation.epoch + 1;
  const fresh: TurnRow = {
    id: turnId,
    conversationId: conversation.id,
    epoch,
    throughSeq: conversation.receivedSeq,
    state: "running",
    rung: null,
    errors: [],
  };
  const turn = unfinished ?? fresh;
  if (turn === fresh) tables.turns.push(fresh);
  const { attempts } = conversation;
  Object.assign(conversation, {
    epoch,
    attempts: attempts + 1,
    leaseExpiresAt: now() + leaseMs,
    retryAt: null,
  });
  return answer(session, conversation, turn, { attempts, pending, unsent });
}

/** `release_turn`. */
export function releaseTurn({ tables }: Session, turnId: string): void {
  const turn = tables.turns.find(({ id }) => id === turnId);
  const conversation = tables.conversations.find(({ id }) => id === turn?.conversationId);
  if (!turn || !conversation || turn.state !== "running" || turn.epoch !== conversation.epoch) return;
  turn.state = "abandoned";
  conversation.leaseExpiresAt = null;
  conversation.attempts -= 1;
}

/** `resume_draft`: the turn of an earlier draft that is to be finished first, and its messages not known to be sent. */
function earlierReply(
  session: Session,
  conversation: ConversationRow,
): { unfinished: TurnRow | null; unsent: UnsentMessage[] } {
  const { tables, now, bugs } = session;
  const drafted = tables.turns
    .filter(({ conversationId, state }) => conversationId === conversation.id && state === "drafted")
    // The bot's before what operators wrote, which is sent in that order.
    .sort((a, b) => Number(isOperators(a)) - Number(isOperators(b)) || inOrder(a, b))[0];
  if (!drafted) return { unfinished: null, unsent: [] };
  const own = tables.messages.filter(({ turnId, direction }) => turnId === drafted.id && direction === "out");
  let ended = "answered";
  const waiting = own.filter(({ state }) => isUnconfirmed(state));
  if (waiting.length > 0 && !maySend(session, conversation, drafted.id, drafted.throughSeq)) {
    for (const message of waiting) Object.assign(message, { state: "withheld", updatedAt: now() });
    waiting.length = 0;
  }
  if (waiting.length === 0) {
    if (!unnotifiedHandoff(session, drafted.id) && !own.some(({ sends }) => sends > 0)) {
      drafted.state = "withheld";
      return earlierReply(session, conversation);
    }
    if (!own.some(({ state }) => deliveryRank(state) > 0)) ended = "withheld";
  }
  const leaseEnd = conversation.leaseExpiresAt ?? -Infinity;
  const unsent = own
    .filter(({ state }) => isUnconfirmed(state))
    .sort((a, b) => a.sentAt - b.sentAt)
    .map((message) => ({
      id: message.id,
      turnId: drafted.id,
      message: messageOf(message),
      sends: message.sends,
      quoteWaMessageId: message.quoteWaMessageId,
      ageMs: now() - Math.max(message.updatedAt, leaseEnd),
      refused: message.sends === 0 && drafted.rung === "plain_form",
      byOperator: message.author === "operator",
      reminder: false,
    }));
  const untold = unnotifiedHandoff(session, drafted.id) !== undefined;
  if (unsent.length > 0 || (untold && !bugs.has("nobody told of a settled reply"))) {
    return { unfinished: drafted, unsent };
  }
  drafted.state = ended;
  for (const message of inbound(session, conversation)) {
    const { seq, turnId } = message;
    if (turnId === null && seq !== null && seq > conversation.answeredSeq && seq <= drafted.throughSeq)
      message.turnId = drafted.id;
  }
  conversation.answeredSeq = Math.max(conversation.answeredSeq, drafted.throughSeq);
  return earlierReply(session, conversation);
}

const isOperators = ({ rung }: TurnRow): boolean => rung === "operator";
const inOrder = (a: TurnRow, b: TurnRow): number =>
  isOperators(a) ? a.throughSeq - b.throughSeq : b.throughSeq - a.throughSeq;

/** The message as the engine drafted it. */
const messageOf = ({ content, text }: MessageRow): OutboundMessage =>
  (content as OutboundMessage | null) ?? { kind: "text", text: text ?? "" };

const unnotifiedHandoff = ({ tables }: Session, turn: string) =>
  tables.handoffs.find(({ turnId, notified, handedBack }) => turnId === turn && !notified && !handedBack);

const inbound = ({ tables }: Session, conversation: ConversationRow): MessageRow[] =>
  tables.messages.filter(
    ({ conversationId, direction }) => conversationId === conversation.id && direction === "in",
  );

function answer(
  session: Session,
  conversation: ConversationRow,
  turn: TurnRow,
  {
    attempts,
    pending,
    unsent,
  }: { attempts: number; pending: readonly MessageRow[]; unsent: UnsentMessage[] },
): Claim {
  const { tables, now } = session;
  const tenant = tables.tenants.find(({ id }) => id === conversation.tenantId);
  const customer = tables.customers.find(({ id }) => id === conversation.customerId);
  if (!tenant || !customer) throw new Error("a conversation without tenant or customer");
  const untold = unnotifiedHandoff(session, turn.id);
  return {
    turnId: turn.id,
    conversationId: conversation.id,
    epoch: conversation.epoch,
    afterSeq: conversation.answeredSeq,
    throughSeq: turn.throughSeq,
    attempts,
    tenant,
    customer: customerOf(customer),
    pending: pending.map(asStored),
    history: history(tables.messages, conversation),
    unsent,
    waitsForPerson: tables.handoffs.some(
      ({ conversationId, handedBack, reason }) =>
        conversationId === conversation.id && !handedBack && reason !== "repeating",
    ),
    window: windowOf(conversation, now()),
    unnotifiedHandoff: untold ? { reason: untold.reason, summary: untold.summary } : null,
    previousRung: conversation.previousRung,
    previousIntent: previousIntent(tables, conversation.id),
    botNote: null,
    acts: [],
    usage: usageToday(session, conversation),
    repeat: conversation.repeat,
  };
}

const previousIntent = ({ turns }: Session["tables"], id: string): string | null =>
  turns.findLast(
    ({ conversationId, state, intent }) => conversationId === id && state === "answered" && intent,
  )?.intent ?? null;

/** `window_json`. */
export function windowOf({ windowEndsAt }: ConversationRow, nowMs: number): OpenWindow | null {
  // Only the store may create one; this is its model.
  return windowEndsAt !== null && windowEndsAt > nowMs ? ({ endsAtMs: windowEndsAt } as OpenWindow) : null;
}

function history(messages: readonly MessageRow[], conversation: ConversationRow): StoredMessage[] {
  const wholeSeconds = (ms: number) => Math.floor(ms / 1000);
  const said = messages.filter(
    ({ conversationId, state, direction, seq }) =>
      conversationId === conversation.id &&
      !NOT_SAID.includes(state) &&
      !(direction === "in" && seq !== null && seq > conversation.answeredSeq),
  );
  // The sort keeps the order of arrival within a second.
  return said
    .sort((a, b) => wholeSeconds(a.sentAt) - wholeSeconds(b.sentAt))
    .slice(-HISTORY)
    .map(asStored);
}

const asStored = ({
  id,
  direction,
  waMessageId,
  type,
  text,
  content,
  opt,
  sentAt,
}: MessageRow): StoredMessage => ({
  id,
  direction,
  waMessageId,
  type,
  text,
  content,
  about: null,
  reading: null,
  quoted: null,
  opt,
  timestampMs: sentAt,
});
