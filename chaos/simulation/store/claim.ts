import type { OpenWindow, StoredMessage } from "../../../lib/types/conversation.ts";
import type { Claim, UnsentMessage } from "../../../lib/types/turn-store.ts";
import { personOf } from "./people.ts";
import { maySpeak } from "./speak.ts";
import {
  type ConversationRow,
  deliveryRank,
  isUnsettled,
  type MessageRow,
  type Session,
  type TurnRow,
} from "./tables.ts";
import { usageToday } from "./usage.ts";

/** States that the model is not shown. */
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
  const talk = tables.conversations.find(({ id }) => id === conversationId);
  const held = (until: number | null | undefined) => (until ?? -Infinity) > now();
  if (!talk || talk.receivedSeq <= talk.answeredSeq || held(talk.leaseExpiresAt) || held(talk.retryAt))
    return null;
  for (const turn of tables.turns) {
    if (turn.conversationId === talk.id && turn.state === "running") turn.state = "abandoned";
  }
  const { unfinished, unsent } = earlierReply(session, talk);
  let pending: MessageRow[] = [];
  if (!unfinished) {
    if (talk.status !== "bot") talk.answeredSeq = talk.receivedSeq;
    pending = inbound(session, talk)
      .filter(({ seq, state }) => (seq ?? 0) > talk.answeredSeq && state === "received")
      .sort((a, b) => a.sentAt - b.sentAt || (a.seq ?? 0) - (b.seq ?? 0));
    if (pending.length === 0) {
      Object.assign(talk, { openSince: null, leaseExpiresAt: null, retryAt: null, attempts: 0 });
      talk.answeredSeq = talk.receivedSeq;
      talk.epoch += 1;
      return null;
    }
  }
  const epoch = bugs.has("claim without a new epoch") ? talk.epoch : talk.epoch + 1;
  const fresh: TurnRow = {
    id: turnId,
    conversationId: talk.id,
    epoch,
    throughSeq: talk.receivedSeq,
    state: "running",
    rung: null,
    errors: [],
  };
  const turn = unfinished ?? fresh;
  if (turn === fresh) tables.turns.push(fresh);
  const { attempts } = talk;
  Object.assign(talk, { epoch, attempts: attempts + 1, leaseExpiresAt: now() + leaseMs, retryAt: null });
  return answer(session, talk, turn, { attempts, pending, unsent });
}

/** `release_turn`: as if it had never begun. */
export function releaseTurn({ tables }: Session, turnId: string): void {
  const turn = tables.turns.find(({ id }) => id === turnId);
  const talk = tables.conversations.find(({ id }) => id === turn?.conversationId);
  if (!turn || !talk || turn.state !== "running" || turn.epoch !== talk.epoch) return;
  turn.state = "abandoned";
  talk.leaseExpiresAt = null;
  talk.attempts -= 1;
}

/** The reply that an earlier holder wrote down and did not see through, and its parts that nobody knows to be sent. */
function earlierReply(
  session: Session,
  talk: ConversationRow,
): { unfinished: TurnRow | null; unsent: UnsentMessage[] } {
  const { tables, now, bugs } = session;
  const drafted = tables.turns
    .filter(({ conversationId, state }) => conversationId === talk.id && state === "drafted")
    .sort((a, b) => b.throughSeq - a.throughSeq)[0];
  if (!drafted) return { unfinished: null, unsent: [] };
  const own = tables.messages.filter(({ turnId, direction }) => turnId === drafted.id && direction === "out");
  let ended = "answered";
  const waiting = own.filter(({ state }) => isUnsettled(state));
  if (waiting.length > 0 && !maySpeak(session, talk, drafted.id, drafted.throughSeq)) {
    for (const message of waiting) Object.assign(message, { state: "withheld", updatedAt: now() });
    waiting.length = 0;
  }
  if (waiting.length === 0) {
    if (!unnotifiedHandoff(session, drafted.id) && !own.some(({ sends }) => sends > 0)) {
      drafted.state = "withheld";
      return { unfinished: null, unsent: [] };
    }
    if (!own.some(({ state }) => deliveryRank(state) > 0)) ended = "withheld";
  }
  const leaseEnd = talk.leaseExpiresAt ?? -Infinity;
  const unsent = own
    .filter(({ state }) => isUnsettled(state))
    .sort((a, b) => a.sentAt - b.sentAt)
    .map(({ id, text, sends, quoteWaMessageId, updatedAt }) => ({
      id,
      turnId: drafted.id,
      message: { kind: "text" as const, text: text ?? "" },
      sends,
      quoteWaMessageId,
      ageMs: now() - Math.max(updatedAt, leaseEnd),
    }));
  const untold = unnotifiedHandoff(session, drafted.id) !== undefined;
  if (unsent.length > 0 || (untold && !bugs.has("nobody told of a settled reply"))) {
    return { unfinished: drafted, unsent };
  }
  drafted.state = ended;
  for (const message of inbound(session, talk)) {
    const { seq, turnId } = message;
    if (turnId === null && seq !== null && seq > talk.answeredSeq && seq <= drafted.throughSeq)
      message.turnId = drafted.id;
  }
  talk.answeredSeq = Math.max(talk.answeredSeq, drafted.throughSeq);
  return { unfinished: null, unsent };
}

const unnotifiedHandoff = ({ tables }: Session, turn: string) =>
  tables.handoffs.find(({ turnId, notified, handedBack }) => turnId === turn && !notified && !handedBack);

const inbound = ({ tables }: Session, talk: ConversationRow): MessageRow[] =>
  tables.messages.filter(({ conversationId, direction }) => conversationId === talk.id && direction === "in");

function answer(
  session: Session,
  talk: ConversationRow,
  turn: TurnRow,
  {
    attempts,
    pending,
    unsent,
  }: { attempts: number; pending: readonly MessageRow[]; unsent: UnsentMessage[] },
): Claim {
  const { tables, now } = session;
  const tenant = tables.tenants.find(({ id }) => id === talk.tenantId);
  const person = tables.users.find(({ id }) => id === talk.userId);
  if (!tenant || !person) throw new Error("a conversation without its people");
  const untold = unnotifiedHandoff(session, turn.id);
  return {
    turnId: turn.id,
    conversationId: talk.id,
    epoch: talk.epoch,
    afterSeq: talk.answeredSeq,
    throughSeq: turn.throughSeq,
    attempts,
    tenant,
    customer: personOf(person),
    pending: pending.map(asStored),
    history: history(tables.messages, talk),
    unsent,
    window: windowOf(talk, now()),
    unnotifiedHandoff: untold ? { reason: untold.reason, summary: untold.summary } : null,
    previousRung: talk.previousRung,
    usage: usageToday(session, talk),
    repeat: talk.repeat,
  };
}

/** `window_json`. */
export function windowOf({ windowEndsAt }: ConversationRow, nowMs: number): OpenWindow | null {
  // The one place besides the real store that may say so.
  return windowEndsAt !== null && windowEndsAt > nowMs ? ({ endsAtMs: windowEndsAt } as OpenWindow) : null;
}

function history(messages: readonly MessageRow[], talk: ConversationRow): StoredMessage[] {
  const wholeSeconds = (ms: number) => Math.floor(ms / 1000);
  const said = messages.filter(
    ({ conversationId, state, direction, seq }) =>
      conversationId === talk.id &&
      !NOT_SAID.includes(state) &&
      !(direction === "in" && seq !== null && seq > talk.answeredSeq),
  );
  const last = new Set(said.toSorted((a, b) => b.sentAt - a.sentAt).slice(0, HISTORY));
  return said
    .filter((message) => last.has(message))
    .sort((a, b) => wholeSeconds(a.sentAt) - wholeSeconds(b.sentAt))
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
