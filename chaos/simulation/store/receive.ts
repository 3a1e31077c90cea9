import type { LimitNotice, ReceiveBatch, Received } from "../../../lib/types/inbox-store.ts";
import type { Claim } from "../../../lib/types/turn-store.ts";
import { claimTurn, windowOf } from "./claim.ts";
import { applyIdentityChanges, receiveIdentityChange } from "./identity.ts";
import { unreadConversations } from "./open.ts";
import { conversationOf, findOrCreateUser, personOf } from "./people.ts";
import { receiveStatuses } from "./statuses.ts";
import {
  byWaMessageId,
  type ConversationRow,
  type MessageRow,
  type Session,
  tenantOf,
  type UserRow,
} from "./tables.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Conversations left open that a webhook takes along. */
const TAKEN_ALONG = 3;

/** Age of an unread message from which a webhook takes its conversation along. */
const WORTH_A_LOOK_MS = 5_000;

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

/** `receive_events`, of messages and statuses. */
export function receiveBatch(session: Session, batch: ReceiveBatch): Received {
  const { tables } = session;
  const ours = new Set(batch.phoneNumberIds);
  if (batch.messages.some(({ phoneNumberId }) => ours.has(phoneNumberId))) knowNumbers(session, ours);
  const counts = { stored: 0, duplicates: 0, limited: 0 };
  const notices: LimitNotice[] = [];
  const unread: string[] = [];
  let startedTurn: Claim | null = null;
  const senders = bySender(batch.messages);
  for (const messages of senders) {
    const received = receiveFrom(session, messages, batch.rateLimit, { counts, notices });
    if (!received || received.talk.receivedSeq <= received.talk.answeredSeq) continue;
    const { talk, waited } = received;
    unread.push(talk.id);
    const left = tables.turns.some(
      ({ conversationId, state }) => conversationId === talk.id && ["running", "drafted"].includes(state),
    );
    const asks = tables.messages.some(
      ({ conversationId, seq, state }) =>
        conversationId === talk.id && seq !== null && seq > talk.answeredSeq && state === "received",
    );
    if (batch.claim && senders.length === 1 && !waited && !left && talk.status === "bot" && asks)
      startedTurn = claimTurn(session, talk.id, batch.claim.leaseMs, batch.claim.turnId);
  }
  if (batch.identityChanges.length > 0) knowNumbers(session, ours);
  for (const change of batch.identityChanges) receiveIdentityChange(session, change);
  applyIdentityChanges(session, 3);
  const { applied: statusesApplied, handoffs } = receiveStatuses(session, batch.statuses);
  return {
    conversationIds: unread,
    startedTurn,
    leftUnread: somebodyWaits(session)
      ? unreadConversations(session, TAKEN_ALONG).filter((id) => !unread.includes(id))
      : [],
    ...counts,
    notOurs: batch.messages.filter(({ phoneNumberId }) => !tenantOf(tables, phoneNumberId)).length,
    statusesApplied,
    notices,
    handoffs,
    alerts: [],
  };
}

/** A number is a tenant from the first time that anything comes for it. */
function knowNumbers({ tables, newId }: Session, phoneNumberIds: ReadonlySet<string>): void {
  for (const phoneNumberId of phoneNumberIds) {
    if (!tenantOf(tables, phoneNumberId))
      tables.tenants.push({ id: newId(), phoneNumberId, profile: PROFILE });
  }
}

/** True when an unread message is old enough. */
const somebodyWaits = ({ tables, now }: Session): boolean =>
  tables.conversations.some(
    ({ receivedSeq, answeredSeq, openSince }) =>
      receivedSeq > answeredSeq && openSince !== null && openSince < now() - WORTH_A_LOOK_MS,
  );

function bySender(messages: readonly Message[]): Message[][] {
  const senders = new Map<string, Message[]>();
  for (const message of messages) {
    const { phoneNumberId, from, fromUserId } = message;
    const key = JSON.stringify([phoneNumberId, fromUserId ?? from, from ?? "~", fromUserId]);
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
  {
    counts,
    notices,
  }: { counts: { stored: number; duplicates: number; limited: number }; notices: LimitNotice[] },
): { talk: ConversationRow; waited: boolean } | null {
  const { tables, now } = session;
  const [first] = messages;
  const company = first && tenantOf(tables, first.phoneNumberId);
  if (!company) return null;
  const names = messages.flatMap(({ profileName }) => profileName ?? []);
  const person = findOrCreateUser(session, company.id, {
    phone: first.from,
    waUserId: first.fromUserId,
    name: names.at(-1) ?? null,
  });
  const talk = conversationOf(session, person);
  const waited = talk.receivedSeq > talk.answeredSeq;
  let limited: { text: string | null; retryAfterS: number } | null = null;
  for (const message of messages) {
    const overLimit = isOverLimit(session, talk, message, rateLimit);
    const known = session.bugs.has("one id for all numbers")
      ? tables.messages.some(({ waMessageId }) => waMessageId === message.waMessageId)
      : byWaMessageId(tables, company.id, message.waMessageId) !== undefined;
    if (known) {
      counts.duplicates += 1;
      continue;
    }
    counts.stored += 1;
    store(session, talk, person, { message, overLimit });
    if (!overLimit) continue;
    counts.limited += 1;
    limited = { text: message.text, retryAfterS: message.retryAfterS ?? rateLimit.windowS };
  }
  const window = windowOf(talk, now());
  if (limited && window && person.optedOutAt === null && (talk.limitToldUntil ?? -Infinity) < now()) {
    talk.limitToldUntil = now() + limited.retryAfterS * 1000;
    const { phoneNumberId, profile } = company;
    notices.push({
      conversationId: talk.id,
      phoneNumberId,
      customer: personOf(person),
      window,
      companyLanguage: profile.language,
      ...limited,
    });
  }
  return { talk, waited };
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

function store(
  session: Session,
  talk: ConversationRow,
  person: UserRow,
  { message, overLimit }: { message: Message; overLimit: boolean },
): void {
  const opt = choiceOf(message, person);
  const asks = message.startsTurn && !overLimit && (person.optedOutAt === null || opt === "start");
  const row: MessageRow = {
    id: session.newId(),
    tenantId: talk.tenantId,
    conversationId: talk.id,
    direction: "in",
    author: "customer",
    waMessageId: message.waMessageId,
    seq: asks ? talk.receivedSeq + 1 : null,
    state: stateOf(message, overLimit, asks),
    type: message.type,
    text: message.text,
    content: message.content,
    opt,
    quoteWaMessageId: message.contextId,
    turnId: null,
    sends: 0,
    metaCodes: message.metaCodes,
    sentAt: message.timestampMs,
    updatedAt: session.now(),
  };
  session.tables.messages.push(row);
  if (message.groupId === null) {
    const sentAt = message.timestampMs > session.now() - 8 * DAY_MS ? message.timestampMs : session.now();
    talk.windowEndsAt = Math.max(talk.windowEndsAt ?? -Infinity, sentAt + DAY_MS);
  }
  if (opt !== null) {
    person.optedOutAt = opt === "stop" ? message.timestampMs : null;
    person.optChangedAt = message.timestampMs;
    for (const each of session.tables.messages) {
      const unsent = each.direction === "out" && each.state === "draft" && each.sends === 0;
      if (each.conversationId === talk.id && unsent)
        Object.assign(each, { state: "withheld", updatedAt: session.now() });
    }
  }
  if (!asks) return;
  if (talk.status !== "bot" && talk.answeredSeq === talk.receivedSeq) talk.answeredSeq += 1;
  else talk.openSince ??= session.now();
  talk.receivedSeq += 1;
}

/** The opt-out or opt-in in a message; null when it changes nothing. */
function choiceOf({ opt, timestampMs }: Message, person: UserRow): "stop" | "start" | null {
  if (person.optChangedAt !== null && timestampMs < person.optChangedAt) return null;
  return (opt === "stop") === (person.optedOutAt === null) ? opt : null;
}

function stateOf({ groupId, startsTurn }: Message, overLimit: boolean, asks: boolean): string {
  if (overLimit) return "rate_limited";
  if (groupId !== null) return "group";
  return startsTurn && !asks ? "opted_out" : "received";
}
