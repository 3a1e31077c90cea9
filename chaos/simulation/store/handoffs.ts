import type { HandoffReminder } from "../../../lib/types/inbox-store.ts";
import type { DraftInput, HandoffNotice } from "../../../lib/types/turn-store.ts";
import type { ConversationRow, HandoffRow, Session } from "./tables.ts";

/** Default of `handoffs.due_at`. */
const WAIT_MS = 30 * 60_000;

type Request = NonNullable<DraftInput["handoff"]>;

/** The open handoff of a conversation. */
const openHandoffOf = ({ tables }: Session, conversation: Pick<ConversationRow, "id">) =>
  tables.handoffs.find(({ conversationId, handedBack }) => conversationId === conversation.id && !handedBack);

/** `open_handoff`. */
export function openHandoff(
  session: Session,
  conversation: ConversationRow,
  turnId: string | null,
  { reason, summary, dueAtMs, notices }: Request,
): boolean {
  if (openHandoffOf(session, conversation)) return false;
  const openedAt = session.now();
  const row: HandoffRow = {
    ...{ conversationId: conversation.id, turnId, reason, summary, openedAt },
    ...{ notified: false, handedBack: false, taken: false, told: false, awayTold: false },
    ...{ reminders: 0, remindedAt: null },
    dueAt: dueAtMs ?? openedAt + WAIT_MS,
    notices: notices ?? {},
  };
  session.tables.handoffs.push(row);
  return true;
}

/** `request_person`. */
export function requestPerson(
  session: Session,
  conversation: ConversationRow,
  turnId: string,
  request: Request,
): boolean {
  const open = openHandoffOf(session, conversation);
  if (open && !open.taken && request.reason !== "repeating") open.handedBack = true;
  return openHandoff(session, conversation, turnId, request);
}

/** `mark_taken`. */
export function markTaken(session: Session, conversation: ConversationRow): void {
  const open = openHandoffOf(session, conversation);
  if (open) Object.assign(open, { taken: true, notified: true });
}

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

/** True when somebody waits whose wait is over. */
export const handoffsDue = (session: Session): boolean => session.tables.handoffs.some(isDue(session));

const isDue =
  ({ now }: Session) =>
  ({ handedBack, taken, told, dueAt }: HandoffRow): boolean =>
    !handedBack && !taken && !told && dueAt <= now();

/** `go_on_after_wait`. */
export function goOnAfterWait(session: Session, conversation: ConversationRow): void {
  const open = openHandoffOf(session, conversation);
  const now = session.now();
  if (!open || open.taken || (open.dueAt > now && open.openedAt > now - DAY_MS)) return;
  open.told = true;
  Object.assign(conversation, { status: "bot", assignee: null });
}

/** `tell_when_back`. */
export function tellWhenBack(session: Session, conversation: ConversationRow): void {
  const open = openHandoffOf(session, conversation);
  const away = open?.notices.away;
  const now = session.now();
  if (!open || open.taken || open.awayTold || !away || now < away.fromMs || now >= away.untilMs) return;
  open.awayTold = true;
  draftNotice(session, conversation, away);
}

/** `end_waits`. */
export function endWaits(session: Session, limit: number): string[] {
  const { tables, now, bugs } = session;
  const due = tables.handoffs
    .filter(isDue(session))
    .flatMap((handoff) => {
      const conversation = tables.conversations.find(({ id }) => id === handoff.conversationId);
      return conversation && isIdle(session, conversation) ? [{ handoff, conversation }] : [];
    })
    .sort((a, b) => a.handoff.dueAt - b.handoff.dueAt)
    .slice(0, limit);
  const told: string[] = [];
  for (const { handoff, conversation } of due) {
    if (!bugs.has("told of a wait again and again")) handoff.told = true;
    const customer = tables.customers.find(({ id }) => id === conversation.customerId);
    const { waiting } = handoff.notices;
    Object.assign(conversation, { status: "bot", assignee: null });
    if (!waiting || customer?.optedOutAt !== null || (conversation.windowEndsAt ?? 0) <= now() + MINUTE_MS)
      continue;
    draftNotice(session, conversation, waiting);
    told.push(conversation.id);
  }
  return told;
}

function isIdle({ now }: Session, conversation: ConversationRow): boolean {
  const { receivedSeq, answeredSeq, leaseExpiresAt, retryAt } = conversation;
  return receivedSeq <= answeredSeq && (leaseExpiresAt ?? 0) <= now() && (retryAt ?? 0) <= now();
}

/** `draft_notice`. */
function draftNotice(
  session: Session,
  conversation: ConversationRow,
  { message, text }: HandoffNotice,
): void {
  const { tables, now, newId } = session;
  const turnId = newId();
  const { id: conversationId, tenantId, epoch, receivedSeq } = conversation;
  const state = { state: "drafted", rung: "notice", errors: [] };
  tables.turns.push({ id: turnId, conversationId, epoch, throughSeq: receivedSeq + 1, ...state });
  tables.messages.push({
    ...{ id: newId(), tenantId, conversationId, turnId, text },
    ...{ direction: "out", author: "bot", waMessageId: null, seq: null, state: "draft", type: message.kind },
    content: message.kind === "text" ? null : JSON.parse(JSON.stringify(message)),
    ...{
      opt: null,
      quoteWaMessageId: null,
      plainFormOf: null,
      sends: 0,
      metaCodes: [],
      sentAt: now(),
      updatedAt: now(),
    },
  });
  Object.assign(conversation, { status: "bot", assignee: null });
  conversation.receivedSeq += 1;
  conversation.unreadSince = Math.min(conversation.unreadSince ?? Infinity, now());
}

/** `remind_companies`. */
export function remindCompanies({ tables, now }: Session, limit: number): HandoffReminder[] {
  const due = tables.handoffs
    .filter(
      ({ handedBack, taken, dueAt, reason, reminders, remindedAt }) =>
        !handedBack &&
        !taken &&
        dueAt <= now() &&
        !["repeating", "budget_number"].includes(reason) &&
        reminders < 3 &&
        (remindedAt ?? -Infinity) <= now() - DAY_MS,
    )
    .sort((a, b) => a.dueAt - b.dueAt)
    .slice(0, limit);
  for (const handoff of due) Object.assign(handoff, { reminders: handoff.reminders + 1, remindedAt: now() });
  return tables.tenants.flatMap(({ id, profile }) => {
    const own = due.filter(
      ({ conversationId }) =>
        tables.conversations.find((each) => each.id === conversationId)?.tenantId === id,
    );
    if (own.length === 0) return [];
    const oldest = Math.min(...own.map(({ openedAt }) => openedAt));
    return [
      {
        companyName: profile.name,
        companyLanguage: profile.language,
        waiting: own.length,
        longestS: Math.floor((now() - oldest) / 1000),
      },
    ];
  });
}
