import type { Outbound } from "../../lib/types/channel.ts";
import type { Claim } from "../../lib/types/turn-store.ts";
import type { StoreModel } from "./store/model.ts";
import type { Press, Pressed } from "./store/operators.ts";
import { type ConversationRow, deliveryRank, type MessageRow, type Tables } from "./store/tables.ts";

/** One call of the engine (a webhook or a resume), with its own view of its claims. */
export interface Caller {
  name: string;
  /** By conversation: number of the last claim of this call. */
  claims: Map<string, number>;
  /** By conversation: the last check before a send, with the times of its execution and of its answer. */
  looks: Map<string, { seenAt: number; heardAt: number }>;
}

/** One send of a part to the Graph API. */
export interface Send {
  begunAt: number;
  result: "under way" | "accepted" | "ambiguous" | "rejected";
  /** True when the Graph API accepted the message. */
  accepted: boolean;
  /** True when it reports it as failed afterwards: it never reaches the phone. */
  failed: boolean;
}

/** Observes a schedule from outside and records the first broken guarantee. */
export interface Audit {
  readonly violation: string | null;
  fail(what: string): void;
  /** Runs a statement that changes conversations, and checks its changes. */
  statement<T>(change: () => T): T;
  /** Numbers a claim that the store has granted. */
  granted(claim: Claim): number;
  /** Checks that a statement of a caller that lost its claim changes nothing. */
  fenced<T>(caller: Caller, conversationId: string, change: () => T): T;
  beginSend(caller: Caller, message: Outbound): Send;
  /** Checks a second send when it is granted. */
  resendGranted(partIds: readonly string[]): void;
  /** An operator has taken a conversation. */
  taken(conversationId: string, operator: string): void;
  /** A press was written down. */
  pressed(press: Press, stored: Extract<Pressed, { outcome: "stored" }>): void;
  /** The bot has a conversation again. */
  givenBack(conversationId: string): void;
  sends: Map<string, Send[]>;
  /** By turn: the customer's messages that it has to answer. */
  covered: Map<string, Set<string>>;
  /** Messages left to an operator. */
  handedOver: Set<string>;
  /** Turns whose draft opens a handoff. */
  opensHandoff: Set<string>;
  /** Conversations whose handoff was notified to operators. */
  notified: Set<string>;
}

interface AuditOptions {
  store: StoreModel;
  now(): number;
  statusWaitMs: number;
}

/** An audit of one schedule. */
export function createAudit({ store, now, statusWaitMs }: AuditOptions): Audit {
  const { tables } = store;
  const holders = new Map<string, number>();
  /** Time since which an operator has a conversation, or its customer has opted out. */
  const closedAt = new Map<string, number>();
  const sends = new Map<string, Send[]>();
  const covered = new Map<string, Set<string>>();
  const handedOver = new Set<string>();
  const opensHandoff = new Set<string>();
  const notified = new Set<string>();
  /** Who has a conversation, and since when, by what operators did and not by what the store says. */
  const persons = new Map<string, { operator: string; since: number }>();
  let violation: string | null = null;
  let claims = 0;

  const fail = (what: string): void => {
    violation ??= what;
  };
  const isHolder = (caller: Caller, conversationId: string) =>
    caller.claims.get(conversationId) === holders.get(conversationId);

  const statement = <T>(change: () => T): T => {
    const states = tables.messages.map(({ state }) => state);
    const answered = new Map(tables.conversations.map(({ id, answeredSeq }) => [id, answeredSeq]));
    const silenced = silences(tables);
    const result = change();
    for (const silence of silences(tables)) if (!silenced.has(silence)) closedAt.set(silence, now());
    for (const [index, before] of states.entries()) {
      const after = tables.messages[index]?.state ?? "";
      if (deliveryRank(after) < deliveryRank(before)) fail(`a message went back from ${before} to ${after}`);
    }
    for (const conversation of tables.conversations)
      checkAnswered(conversation, answered.get(conversation.id) ?? 0);
    for (const [index, before] of states.entries()) {
      const message = tables.messages[index];
      if (message && before !== "failed" && message.state === "failed" && endsInSilence(tables, message))
        fail("a reply was refused, and nothing followed");
    }
    return result;
  };

  /** Checks that a message is passed over only when it is answered or left to an operator. */
  const checkAnswered = (conversation: ConversationRow, before: number): void => {
    if (conversation.answeredSeq < before) fail("answered messages became unanswered");
    if (conversation.answeredSeq === before) return;
    for (const message of tables.messages) {
      const { id, conversationId, seq, turnId, waMessageId } = message;
      if (
        conversationId !== conversation.id ||
        seq === null ||
        seq <= before ||
        seq > conversation.answeredSeq
      )
        continue;
      if (conversation.status === "human") handedOver.add(id);
      else if (turnId === null) fail(`${waMessageId} was passed over without an answer`);
    }
  };

  /** Checks that no reply, not even a draft that waited, is sent after a takeover or an opt-out. */
  const checkMaySend = (caller: Caller, message: MessageRow): void => {
    const { conversationId, turnId, state, author } = message;
    const by = silencedBy(tables, conversationId, turnId) ?? (state === "withheld" ? "operator" : null);
    if (by === null || (by === "operator" && author === "operator" && state !== "withheld")) return;
    const look = caller.looks.get(conversationId);
    // The last check may have been executed before, and its answer have just arrived.
    if (look?.heardAt === now() && look.seenAt <= (closedAt.get(`${conversationId} ${by}`) ?? -Infinity))
      return;
    fail("a reply was sent after an operator took over or the customer opted out");
  };

  const personOf = (conversationId: string) => {
    const joined = tables.conversations.find(({ id }) => id === conversationId)?.joined ?? [];
    return [conversationId, ...joined].map((id) => persons.get(id)).find((person) => person !== undefined);
  };

  const taken = (conversationId: string, operator: string): void => {
    const before = personOf(conversationId);
    if (before && before.operator !== operator) fail("two operators had one conversation");
    persons.set(conversationId, { operator, since: before?.since ?? now() });
  };

  /** Checks that the bot says nothing while a person has the conversation, but that it calls one. */
  const checkSilence = (caller: Caller, { author, conversationId, turnId }: MessageRow): void => {
    const person = personOf(conversationId);
    if (author !== "bot" || !person) return;
    if (tables.handoffs.some((handoff) => handoff.turnId === turnId && !handoff.handedBack)) return;
    const look = caller.looks.get(conversationId);
    if (look?.heardAt === now() && look.seenAt <= person.since) return;
    fail("the bot wrote while a person had the conversation");
  };

  return {
    taken,
    pressed({ conversationId, operator }, { turnId, covers }) {
      taken(conversationId, operator);
      covered.set(turnId, new Set(covers));
    },
    givenBack(conversationId) {
      const joined = tables.conversations.find(({ id }) => id === conversationId)?.joined ?? [];
      for (const id of [conversationId, ...joined]) persons.delete(id);
    },
    get violation() {
      return violation;
    },
    fail,
    statement,
    sends,
    covered,
    handedOver,
    opensHandoff,
    notified,

    granted(claim) {
      claims += 1;
      holders.set(claim.conversationId, claims);
      if (claim.pending.length === 0) return claims;
      checkPending(claim, store, fail);
      covered.set(claim.turnId, new Set(claim.pending.map(({ id }) => id)));
      return claims;
    },

    fenced(caller, conversationId, change) {
      if (isHolder(caller, conversationId)) return statement(change);
      const row = () => JSON.stringify(tables.conversations.find(({ id }) => id === conversationId));
      const before = row();
      const drafts = tables.messages.length;
      const result = statement(change);
      if (row() !== before || tables.messages.length !== drafts)
        fail(`${caller.name} wrote after a successor had taken the conversation`);
      return result;
    },

    beginSend(caller, { opaqueId: partId, message: form, quoteWaMessageId }) {
      const message = tables.messages.find(({ id }) => id === partId);
      if (!message) fail("a reply was sent before it was stored");
      else if (message.type !== form.kind || message.quoteWaMessageId !== quoteWaMessageId)
        fail("a reply was sent in a form that is not stored");
      else if (!isHolder(caller, message.conversationId))
        fail(`${caller.name} sent after a successor had taken the conversation`);
      else {
        checkMaySend(caller, message);
        checkSilence(caller, message);
      }
      const send: Send = { begunAt: now(), result: "under way", accepted: false, failed: false };
      sends.set(partId, [...(sends.get(partId) ?? []), send]);
      if (mayHaveGone(sends.get(partId)) > 2) fail("a message was sent a third time");
      return send;
    },

    resendGranted(partIds) {
      for (const id of partIds) {
        const last = sends.get(id)?.findLast(({ result }) => result !== "rejected");
        if (!last) continue;
        const state = tables.messages.find((message) => message.id === id)?.state ?? "";
        if (deliveryRank(state) > 0) fail("a message was sent again after its status report");
        else if (now() - last.begunAt < statusWaitMs)
          fail(`a message was sent again ${now() - last.begunAt} ms after its last send began`);
      }
    },
  };
}

/** True when nobody hears of a reply that failed: no plain form waits, no operator has the conversation, and nothing newer is to be answered. */
function endsInSilence({ messages, conversations, customers }: Tables, failed: MessageRow): boolean {
  const conversation = conversations.find(({ id }) => id === failed.conversationId);
  const customer = customers.find(({ id }) => id === conversation?.customerId);
  if (failed.author !== "bot" || conversation?.status !== "bot" || customer?.optedOutAt !== null)
    return false;
  return (
    !messages.some(({ plainFormOf }) => plainFormOf === failed.id) &&
    conversation.receivedSeq <= conversation.answeredSeq
  );
}

/** Conversations in which the bot must be silent, and the reason: an operator or the customer. */
const silences = (tables: Tables): Set<string> =>
  new Set(
    tables.conversations.flatMap(({ id, status, customerId }) => [
      ...(status === "bot" ? [] : [`${id} operator`]),
      ...(tables.customers.some((user) => user.id === customerId && user.optedOutAt !== null)
        ? [`${id} customer`]
        : []),
    ]),
  );

/** The reason for this turn to be silent: an operator took over, or the customer opted out after its messages. */
function silencedBy(
  tables: Tables,
  conversationId: string,
  turnId: string | null,
): "operator" | "customer" | null {
  const conversation = tables.conversations.find(({ id }) => id === conversationId);
  const called = tables.handoffs.some(
    (handoff) => turnId !== null && handoff.turnId === turnId && !handoff.handedBack,
  );
  if (conversation && conversation.status !== "bot" && !called) return "operator";
  const customer = tables.customers.find(({ id }) => id === conversation?.customerId);
  if (!customer || customer.optedOutAt === null) return null;
  // The reply to the opt-out itself may be sent.
  const turn = tables.turns.find(({ id }) => id === turnId);
  const stop = tables.messages.findLast(
    ({ conversationId: id, opt, sentAt }) =>
      id === conversationId && opt === "stop" && sentAt === customer.optChangedAt,
  );
  return !turn || turn.throughSeq < (stop?.seq ?? Infinity) ? "customer" : null;
}

/** Number of these sends that may have reached the customer. */
export const mayHaveGone = (sends: readonly Send[] | undefined): number =>
  (sends ?? []).filter(({ result }) => result !== "rejected").length;

/** Checks that a claim holds every unread message, in the order of Meta's times. */
function checkPending(claim: Claim, { tables }: StoreModel, fail: (what: string) => void): void {
  const conversation = tables.conversations.find(({ id }) => id === claim.conversationId);
  const waiting = tables.messages.filter(
    ({ conversationId, seq, state }) =>
      conversationId === conversation?.id &&
      seq !== null &&
      seq > conversation.answeredSeq &&
      state === "received",
  );
  const given = new Set(claim.pending.map(({ id }) => id));
  if (waiting.length !== given.size || waiting.some(({ id }) => !given.has(id)))
    fail("a claim did not hold every unread message");
  if (
    claim.pending.some(({ timestampMs }, index) => timestampMs < (claim.pending[index - 1]?.timestampMs ?? 0))
  )
    fail("a claim was not in the order of Meta's times");
}
