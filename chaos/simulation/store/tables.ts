import type { Language, Tenant } from "../../../lib/types/company.ts";
import type { IdentityChange } from "../../../lib/types/inbound.ts";
import type { FailureEffect } from "../../../lib/types/inbox-store.ts";
import type { Json } from "../../../lib/types/json.ts";
import type { ClaimRef, HandoffWait, Repeat } from "../../../lib/types/turn-store.ts";

/** The rows of `db/schema.sql`, as far as the statements of a message and a turn read or write them; times in ms. */
export interface Tables {
  tenants: Tenant[];
  customers: CustomerRow[];
  conversations: ConversationRow[];
  turns: TurnRow[];
  /** In the order in which they were stored. */
  messages: MessageRow[];
  toolCallKeys: Set<string>;
  handoffs: HandoffRow[];
  /** By tenant and message id. */
  earlyStatuses: Map<string, { state: string; metaCodes: number[]; effect: FailureEffect | null }>;
  /** Model cost in USD, by tenant and day. */
  usageUsd: Map<string, number>;
  /** For the audit: messages that were left to an operator when their conversation was joined into another. */
  leftToOperators: Set<string>;
  /** Oldest first. */
  deferredIdentityChanges: { tenantId: string; change: IdentityChange }[];
}

export interface CustomerRow {
  id: string;
  tenantId: string;
  phone: string | null;
  acceptedPhone: string | null;
  waUserId: string | null;
  name: string | null;
  language: Language | null;
  optedOutAt: number | null;
  optChangedAt: number | null;
  wayBackToldAt: number | null;
}

export interface ConversationRow {
  id: string;
  tenantId: string;
  customerId: string;
  status: "bot" | "human";
  /** Operator of the console who has it. */
  assignee: string | null;
  windowEndsAt: number | null;
  receivedSeq: number;
  answeredSeq: number;
  unreadSince: number | null;
  epoch: number;
  leaseExpiresAt: number | null;
  retryAt: number | null;
  attempts: number;
  previousRung: string | null;
  nextLimitNoticeAt: number | null;
  pairFreeAt: number | null;
  usageDay: number | null;
  usageTurns: number;
  usageSoundS: number;
  repeat: Repeat | null;
  /** For the audit: conversations that were joined into this one. */
  joined: string[];
}

export interface TurnRow {
  id: string;
  conversationId: string;
  epoch: number;
  throughSeq: number;
  state: string;
  intent?: string | null;
  rung: string | null;
  errors: string[];
}

export interface MessageRow {
  id: string;
  tenantId: string;
  conversationId: string;
  direction: "in" | "out";
  author: "customer" | "bot" | "operator" | "system";
  waMessageId: string | null;
  seq: number | null;
  state: string;
  type: string;
  text: string | null;
  content: Json;
  opt: "stop" | "start" | null;
  quoteWaMessageId: string | null;
  turnId: string | null;
  sends: number;
  metaCodes: number[];
  sentAt: number;
  updatedAt: number;
  /** Press of an operator that wrote it. */
  pressId?: string;
  /** For the audit: the message of which this is the plain form. */
  plainFormOf: string | null;
}

export interface HandoffRow {
  conversationId: string;
  turnId: string | null;
  reason: string;
  summary: string;
  openedAt: number;
  dueAt: number;
  notices: HandoffWait["notices"];
  notified: boolean;
  handedBack: boolean;
  taken: boolean;
  told: boolean;
  awayTold: boolean;
  reminders: number;
  remindedAt: number | null;
}

/** No rows yet. */
export const emptyTables = (): Tables => ({
  tenants: [],
  customers: [],
  conversations: [],
  turns: [],
  messages: [],
  toolCallKeys: new Set(),
  handoffs: [],
  earlyStatuses: new Map(),
  usageUsd: new Map(),
  leftToOperators: new Set(),
  deferredIdentityChanges: [],
});

/** `delivery_rank`. */
export const deliveryRank = (state: string | null): number =>
  ["sent", "delivered", "read", "played", "failed"].indexOf(state ?? "") + 1;

/** `moves_forward`. */
export const movesForward = (from: string, to: string | null): boolean =>
  to === "failed" ? deliveryRank(from) <= 1 : deliveryRank(to) > deliveryRank(from);

/** True while it is unknown whether the message was sent. */
export const isUnconfirmed = (state: string): boolean => state === "draft" || state === "ambiguous";

/** Mistakes that can be planted in the statements. */
export type StoreBug =
  | "claim without a new epoch"
  | "epoch not checked"
  | "release without a second look"
  | "resend of what is settled"
  | "earlier sends forgotten"
  | "ended turns tried again"
  | "nobody told of a settled reply"
  | "drafts sent whoever has the conversation"
  | "names that cannot change yet are refused"
  | "one id for all numbers"
  | "told of a wait again and again"
  | "a press written down twice"
  | "the bot goes on beside an operator"
  | "an operator's message answers nothing"
  | "sent in a colleague's conversation"
  | "an operator's words withheld as the bot's";

/** An effect as `apply_failure` takes it. */
export type AppliedEffect = Exclude<FailureEffect, "plain_form"> | `plain_form:${string}`;

/** Surroundings of a statement: the rows, the time, ids for new rows, and the planted mistakes. */
export interface Session {
  tables: Tables;
  now(): number;
  newId(): string;
  bugs: ReadonlySet<StoreBug>;
}

/** The message of a tenant with this id of Meta's. */
export const byWaMessageId = ({ messages }: Tables, tenantId: string, waMessageId: string | null) =>
  waMessageId === null
    ? undefined
    : messages.find((row) => row.tenantId === tenantId && row.waMessageId === waMessageId);

/** Key of an early status. */
export const earlyKey = (tenantId: string, waMessageId: string): string => `${tenantId}/${waMessageId}`;

/** The tenant of a number; undefined when there is none. */
export const tenantOf = ({ tenants }: Tables, number: string) =>
  tenants.find(({ phoneNumberId }) => phoneNumberId === number);

/** The conversation, when the claim still holds it. */
export function claimedBy({ tables, bugs }: Session, claim: ClaimRef): ConversationRow | null {
  const conversation = tables.conversations.find(({ id }) => id === claim.conversationId);
  if (!conversation) return null;
  return conversation.epoch === claim.epoch || bugs.has("epoch not checked") ? conversation : null;
}
