import type { LimitNotice, ReceiveBatch, Received } from "../../../lib/types/inbox-store.ts";
import type { Claim } from "../../../lib/types/turn-store.ts";
import { changeMessage, isChange } from "./change.ts";
import { claimTurn, windowOf } from "./claim.ts";
import { conversationOf, customerOf, customerOfMessage } from "./customers.ts";
import { goOnAfterWait, handoffsDue, tellWhenBack } from "./handoffs.ts";
import { applyDeferredChanges, receiveIdentityChange } from "./identity.ts";
import { applyOpt, optChange } from "./opt.ts";
import { receiveStatuses } from "./statuses.ts";
import {
  byWaMessageId,
  type ConversationRow,
  type CustomerRow,
  type MessageRow,
  type Session,
  tenantOf,
} from "./tables.ts";
import { unreadConversations } from "./unread.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Unread conversations that a delivery also resumes. */
const RESUMED = 3;

/** Age of an unread message from which a webhook takes its conversation along. */
const WORTH_A_LOOK_MS = 5_000;

type Message = ReceiveBatch["messages"][number];

/** Default of `tenants.profile`. */
const PROFILE = {
  name: "our company",
  about: "a business that answers its customers here",
  tone: "friendly, clear and brief",
  hours: "not published",
  timeZone: "UTC",
  language: "en" as const,
  contact: "",
};

/** `receive_events`, for messages, status reports and identity changes. */
export function receiveBatch(session: Session, batch: ReceiveBatch): Received {
  const { tables } = session;
  const ours = new Set(batch.phoneNumberIds);
  if (batch.messages.some(({ phoneNumberId }) => ours.has(phoneNumberId))) ensureTenants(session, ours);
  const counts = { stored: 0, duplicates: 0, limited: 0 };
  const notices: LimitNotice[] = [];
  const unread: string[] = [];
  let startedTurn: Claim | null = null;
  const senders = bySender(batch.messages);
  for (const messages of senders) {
    const received = receiveFrom(session, messages, batch.rateLimit, { counts, notices });
    if (!received || received.conversation.receivedSeq <= received.conversation.answeredSeq) continue;
    const { conversation, waited } = received;
    unread.push(conversation.id);
    const left = tables.turns.some(
      ({ conversationId, state }) =>
        conversationId === conversation.id && ["running", "drafted"].includes(state),
    );
    const needsAnswer = tables.messages.some(
      ({ conversationId, seq, state }) =>
        conversationId === conversation.id &&
        seq !== null &&
        seq > conversation.answeredSeq &&
        state === "received",
    );
    if (
      batch.claim &&
      senders.length === 1 &&
      !waited &&
      !left &&
      conversation.status === "bot" &&
      needsAnswer
    )
      startedTurn = claimTurn(session, conversation.id, batch.claim.leaseMs, batch.claim.turnId);
  }
  if (batch.identityChanges.length > 0) ensureTenants(session, ours);
  for (const change of batch.identityChanges) receiveIdentityChange(session, change);
  applyDeferredChanges(session, 3);
  const { applied: statusesApplied, handoffs, unread: drafted } = receiveStatuses(session, batch.statuses);
  return {
    conversationIds: [...drafted, ...unread],
    startedTurn,
    leftUnread: isAnyoneWaiting(session)
      ? unreadConversations(session, RESUMED).filter((id) => !unread.includes(id) && !drafted.includes(id))
      : [],
    ...counts,
    notOurs: batch.messages.filter(({ phoneNumberId }) => !tenantOf(tables, phoneNumberId)).length,
    statusesApplied,
    notices,
    handoffs,
    alerts: [],
    handoffsDue: handoffsDue(session),
    queuesChanged: [],
  };
}

/** `ensure_tenants`. */
function ensureTenants({ tables, newId }: Session, phoneNumberIds: ReadonlySet<string>): void {
  for (const phoneNumberId of phoneNumberIds) {
    if (!tenantOf(tables, phoneNumberId))
      tables.tenants.push({
        id: newId(),
        phoneNumberId,
        profile: PROFILE,
        intents: {},
        tools: [],
        secrets: null,
        version: null,
      });
  }
}

/** True when an unread message is old enough. */
const isAnyoneWaiting = ({ tables, now }: Session): boolean =>
  tables.conversations.some(
    ({ receivedSeq, answeredSeq, unreadSince }) =>
      receivedSeq > answeredSeq && unreadSince !== null && unreadSince < now() - WORTH_A_LOOK_MS,
  );

function bySender(messages: readonly Message[]): Message[][] {
  const senders = new Map<string, Message[]>();
  for (const message of messages) {
    const { phoneNumberId, fromUserId } = message;
    const line = phonesOf(message).toSorted()[0] ?? null;
    const key = JSON.stringify([phoneNumberId, fromUserId ?? line, line ?? "~", fromUserId]);
    senders.set(key, [...(senders.get(key) ?? []), message]);
  }
  return [...senders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sent]) => sent.sort((a, b) => a.timestampMs - b.timestampMs));
}

const phonesOf = ({ from, phones }: Message): readonly string[] => phones ?? (from === null ? [] : [from]);

function receiveFrom(
  session: Session,
  messages: readonly Message[],
  rateLimit: ReceiveBatch["rateLimit"],
  {
    counts,
    notices,
  }: { counts: { stored: number; duplicates: number; limited: number }; notices: LimitNotice[] },
): { conversation: ConversationRow; waited: boolean } | null {
  const { tables, now } = session;
  const [first] = messages;
  const tenant = first && tenantOf(tables, first.phoneNumberId);
  if (!tenant) return null;
  const names = messages.flatMap(({ profileName }) => profileName ?? []);
  const customer = customerOfMessage(session, tenant.id, {
    phones: phonesOf(messages.at(-1) ?? first),
    waUserId: first.fromUserId,
    name: names.at(-1) ?? null,
  });
  const conversation = conversationOf(session, customer);
  const received = conversation.receivedSeq;
  let waited = conversation.receivedSeq > conversation.answeredSeq;
  let limited: { text: string | null; retryAfterS: number } | null = null;
  for (const message of messages) {
    const overLimit = isOverLimit(session, conversation, message, rateLimit);
    const known = session.bugs.has("one id for all numbers")
      ? tables.messages.some(({ waMessageId }) => waMessageId === message.waMessageId)
      : byWaMessageId(tables, tenant.id, message.waMessageId) !== undefined;
    if (known) {
      counts.duplicates += 1;
      continue;
    }
    counts.stored += 1;
    store(session, conversation, customer, { message, overLimit });
    // A message that was changed is read again: its turn starts with `claim_turn`.
    waited ||= isChange(message);
    if (!overLimit) continue;
    counts.limited += 1;
    limited = { text: message.text, retryAfterS: message.retryAfterS ?? rateLimit.windowS };
  }
  const window = windowOf(conversation, now());
  if (
    conversation.status === "human" &&
    conversation.receivedSeq > received &&
    customer.optedOutAt === null &&
    window
  )
    tellWhenBack(session, conversation);
  if (
    limited &&
    window &&
    customer.optedOutAt === null &&
    (conversation.nextLimitNoticeAt ?? -Infinity) < now()
  ) {
    conversation.nextLimitNoticeAt = now() + limited.retryAfterS * 1000;
    const { phoneNumberId, profile } = tenant;
    notices.push({
      conversationId: conversation.id,
      phoneNumberId,
      customer: customerOf(customer),
      window,
      companyLanguage: profile.language,
      ...limited,
    });
  }
  return { conversation, waited };
}

function isOverLimit(
  { tables }: Session,
  conversation: ConversationRow,
  { admission, timestampMs }: Message,
  { max, windowS }: ReceiveBatch["rateLimit"],
): boolean {
  if (admission !== "unknown") return admission === "limited";
  const inWindow = tables.messages.filter(
    ({ conversationId, direction, state, sentAt }) =>
      conversationId === conversation.id &&
      direction === "in" &&
      state !== "rate_limited" &&
      sentAt > timestampMs - windowS * 1000 &&
      sentAt <= timestampMs,
  );
  return inWindow.length >= max;
}

function store(
  session: Session,
  conversation: ConversationRow,
  customer: CustomerRow,
  { message, overLimit }: { message: Message; overLimit: boolean },
): void {
  const opt = optChange(session, conversation, message, customer);
  const wayBack =
    customer.optedOutAt !== null &&
    customer.wayBackToldAt === null &&
    opt === null &&
    conversation.status === "bot" &&
    message.asks;
  const needsAnswer =
    message.startsTurn && !overLimit && (customer.optedOutAt === null || opt === "start" || wayBack);
  const row: MessageRow = {
    id: session.newId(),
    tenantId: conversation.tenantId,
    conversationId: conversation.id,
    direction: "in",
    author: "customer",
    waMessageId: message.waMessageId,
    seq: needsAnswer ? conversation.receivedSeq + 1 : null,
    state: stateOf(message, overLimit, needsAnswer),
    type: message.type,
    text: message.text,
    content: message.content,
    opt,
    quoteWaMessageId: message.contextId,
    turnId: null,
    sends: 0,
    metaCodes: message.metaCodes,
    sentAt: message.timestampMs,
    plainFormOf: null,
    updatedAt: session.now(),
  };
  session.tables.messages.push(row);
  if (isChange(message)) changeMessage(session, conversation, message);
  if (message.groupId === null) {
    const sentAt = message.timestampMs > session.now() - 8 * DAY_MS ? message.timestampMs : session.now();
    conversation.windowEndsAt = Math.max(conversation.windowEndsAt ?? -Infinity, sentAt + DAY_MS);
    if (conversation.status === "human") goOnAfterWait(session, conversation);
  }
  if (opt !== null) applyOpt(session, conversation.id, customer, { opt, at: message.timestampMs });
  if (!needsAnswer) return;
  if (wayBack) customer.wayBackToldAt = session.now();
  if (conversation.status !== "bot" && conversation.answeredSeq === conversation.receivedSeq)
    conversation.answeredSeq += 1;
  else conversation.unreadSince ??= session.now();
  conversation.receivedSeq += 1;
}

function stateOf({ groupId, startsTurn }: Message, overLimit: boolean, needsAnswer: boolean): string {
  if (overLimit) return "rate_limited";
  if (groupId !== null) return "group";
  return startsTurn && !needsAnswer ? "opted_out" : "received";
}
