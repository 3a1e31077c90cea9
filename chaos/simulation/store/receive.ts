import type { StatusUpdate } from "../../../lib/events.ts";
import type { LimitNotice, ReceiveBatch, Received } from "../../../lib/ports.ts";
import { openConversations } from "./open.ts";
import { conversationOf, findOrCreateUser } from "./people.ts";
import { type ConversationRow, type MessageRow, movesForward, type Session } from "./tables.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Conversations left open that a webhook takes along. */
const TAKEN_ALONG = 3;

type Message = ReceiveBatch["messages"][number];

/** The profile of a tenant that nobody has set up: the default of `tenants.profile` in 0001. */
const PROFILE = {
  name: "our company",
  about: "a business that answers its customers here",
  tone: "friendly, clear and brief",
  hours: "not published",
  timeZone: "UTC",
  language: "en" as const,
  contact: "",
};

/** `receive_batch` of 0003. */
export function receiveBatch(session: Session, batch: ReceiveBatch): Received {
  const { tables, newId } = session;
  for (const phoneNumberId of batch.phoneNumberIds) {
    if (!tables.tenants.some((tenant) => tenant.phoneNumberId === phoneNumberId))
      tables.tenants.push({ id: newId(), phoneNumberId, profile: PROFILE });
  }
  const counts = { stored: 0, duplicates: 0, limited: 0 };
  const notices: LimitNotice[] = [];
  const news: string[] = [];
  for (const messages of bySender(session, batch.messages)) {
    const talk = receiveFrom(session, messages, batch.rateLimit, counts, notices);
    if (talk && talk.receivedSeq > talk.answeredSeq) news.push(talk.id);
  }
  const ours = new Set(tables.tenants.map(({ phoneNumberId }) => phoneNumberId));
  const statusesApplied = receiveStatuses(session, batch.statuses);
  return {
    conversationIds: news,
    leftOpen: openConversations(session, TAKEN_ALONG).filter((id) => !news.includes(id)),
    ...counts,
    notOurs: batch.messages.filter(({ phoneNumberId }) => !ours.has(phoneNumberId)).length,
    statusesApplied,
    notices,
  };
}

function bySender({ tables }: Session, messages: readonly Message[]): Message[][] {
  const senders = new Map<string, Message[]>();
  for (const message of messages) {
    const tenant = tables.tenants.findIndex(({ phoneNumberId }) => phoneNumberId === message.phoneNumberId);
    if (tenant < 0) continue;
    const { from, fromUserId } = message;
    const key = JSON.stringify([tenant, fromUserId ?? from, from ?? "~", fromUserId]);
    senders.set(key, [...(senders.get(key) ?? []), message]);
  }
  return [...senders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sent]) => sent.sort((a, b) => a.timestampMs - b.timestampMs));
}

function receiveFrom(
  session: Session,
  messages: readonly Message[],
  rateLimit: ReceiveBatch["rateLimit"],
  counts: { stored: number; duplicates: number; limited: number },
  notices: LimitNotice[],
): ConversationRow | null {
  const { tables, now } = session;
  const [first] = messages;
  const company = tables.tenants.find(({ phoneNumberId }) => phoneNumberId === first?.phoneNumberId);
  if (!first || !company) return null;
  const names = messages.flatMap(({ profileName }) => profileName ?? []);
  const person = findOrCreateUser(
    session,
    company.id,
    first.from,
    first.fromUserId,
    names.sort().at(-1) ?? null,
  );
  const talk = conversationOf(session, person);
  let limited: { text: string | null; retryAfterS: number } | null = null;
  for (const message of messages) {
    const overLimit = isOverLimit(session, talk, message, rateLimit);
    if (tables.messages.some(({ waMessageId }) => waMessageId === message.waMessageId)) {
      counts.duplicates += 1;
      continue;
    }
    counts.stored += 1;
    store(session, talk, message, overLimit);
    if (!overLimit) continue;
    counts.limited += 1;
    limited = { text: message.text, retryAfterS: message.retryAfterS ?? rateLimit.windowS };
  }
  if (limited && (talk.limitToldUntil ?? -Infinity) < now()) {
    talk.limitToldUntil = now() + limited.retryAfterS * 1000;
    const { tenantId: _, ...user } = person;
    const { phoneNumberId, profile } = company;
    notices.push({
      conversationId: talk.id,
      phoneNumberId,
      user,
      companyLanguage: profile.language,
      ...limited,
    });
  }
  return talk;
}

function isOverLimit(
  { tables }: Session,
  talk: ConversationRow,
  { admission, timestampMs }: Message,
  { max, windowS }: ReceiveBatch["rateLimit"],
): boolean {
  if (admission !== "unknown") return admission === "limited";
  const inWindow = tables.messages.filter(
    ({ conversationId, direction, state, sentAt }) =>
      conversationId === talk.id &&
      direction === "in" &&
      state !== "rate_limited" &&
      sentAt > timestampMs - windowS * 1000 &&
      sentAt <= timestampMs,
  );
  return inWindow.length >= max;
}

function store(session: Session, talk: ConversationRow, message: Message, overLimit: boolean): void {
  const asks = message.startsTurn && !overLimit;
  const row: MessageRow = {
    id: session.newId(),
    conversationId: talk.id,
    direction: "in",
    author: "customer",
    waMessageId: message.waMessageId,
    seq: asks ? talk.receivedSeq + 1 : null,
    state: overLimit ? "rate_limited" : message.groupId !== null ? "group" : "received",
    type: message.type,
    text: message.text,
    content: message.content,
    quoteWaMessageId: message.contextId,
    turnId: null,
    sends: 0,
    errorCodes: message.errorCodes,
    sentAt: message.timestampMs,
    updatedAt: session.now(),
  };
  session.tables.messages.push(row);
  if (message.groupId === null) {
    talk.windowEndsAt = Math.max(talk.windowEndsAt ?? -Infinity, message.timestampMs + DAY_MS);
  }
  if (!asks) return;
  if (talk.status === "human" && talk.answeredSeq === talk.receivedSeq) talk.answeredSeq += 1;
  else talk.openSince ??= session.now();
  talk.receivedSeq += 1;
}

/** `receive_statuses` of 0003. */
function receiveStatuses({ tables, now }: Session, statuses: readonly StatusUpdate[]): number {
  const ours = tables.messages.filter(({ direction }) => direction === "out");
  const reports = statuses.map((report) => ({
    ...report,
    message:
      ours.find(({ waMessageId }) => waMessageId === report.waMessageId) ??
      ours.find(({ id }) => id === report.opaqueId),
  }));
  let applied = 0;
  for (const { message, status, waMessageId, errorCodes } of reports) {
    if (!message) {
      const early = tables.earlyStatuses.get(waMessageId);
      if (!early || movesForward(early.state, status))
        tables.earlyStatuses.set(waMessageId, { state: status, errorCodes });
    } else if (movesForward(message.state, status)) {
      Object.assign(message, { state: status, errorCodes, updatedAt: now() });
      message.waMessageId ??= waMessageId;
      applied += 1;
    }
  }
  return applied;
}
