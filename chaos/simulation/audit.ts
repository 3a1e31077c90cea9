import type { Claim } from "../../lib/types/turn-store.ts";
import type { StoreModel } from "./store/model.ts";
import { type ConversationRow, deliveryRank, type MessageRow, type Tables } from "./store/tables.ts";

/** One call of the engine (a webhook or a resume): what it believes to hold. */
export interface Caller {
  name: string;
  /** By conversation: the number of the claim that this call was given last. */
  claims: Map<string, number>;
  /** By conversation: the last statement that said whether a reply may go out, when it was done and when heard. */
  looks: Map<string, { seenAt: number; heardAt: number }>;
}

/** One time that a part of a reply was sent to the Graph API. */
export interface Send {
  begunAt: number;
  result: "under way" | "accepted" | "ambiguous" | "rejected";
  /** Graph got the request and took the message. */
  accepted: boolean;
}

/** What really happened, seen from outside; keeps the first breach of a promise. */
export interface Audit {
  readonly violation: string | null;
  fail(what: string): void;
  /** Runs a statement that changes conversations, and checks what it changed. */
  statement<T>(change: () => T): T;
  /** Numbers a claim that the store has just granted. */
  granted(claim: Claim): number;
  /** Checks that a statement of a caller that lost its claim changes nothing. */
  fenced<T>(caller: Caller, conversationId: string, change: () => T): T;
  beginSend(caller: Caller, partId: string): Send;
  /** Checks a second send when it is granted. */
  resendGranted(partIds: readonly string[]): void;
  sends: Map<string, Send[]>;
  /** By turn: the messages of the customer that it was given to answer. */
  covered: Map<string, Set<string>>;
  /** Messages that a person was left to answer. */
  handedOver: Set<string>;
  /** Turns whose reply was written down together with a call for a person. */
  callsPerson: Set<string>;
  /** Conversations whose waiting customer the company's people were told of. */
  toldOf: Set<string>;
}

interface AuditOptions {
  store: StoreModel;
  now(): number;
  statusWaitMs: number;
}

/** Watches one schedule. */
export function createAudit({ store, now, statusWaitMs }: AuditOptions): Audit {
  const { tables } = store;
  const holders = new Map<string, number>();
  /** Since when a person has a conversation, or its customer wants no more messages. */
  const closedAt = new Map<string, number>();
  const sends = new Map<string, Send[]>();
  const covered = new Map<string, Set<string>>();
  const handedOver = new Set<string>();
  const callsPerson = new Set<string>();
  const toldOf = new Set<string>();
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
    for (const talk of tables.conversations) answerable(talk, answered.get(talk.id) ?? 0);
    return result;
  };

  /** Whoever passes over a message has answered it or left it to a person. */
  const answerable = (talk: ConversationRow, before: number): void => {
    if (talk.answeredSeq < before) fail("answered messages became unanswered");
    if (talk.answeredSeq === before) return;
    for (const message of tables.messages) {
      const { id, conversationId, seq, turnId, waMessageId } = message;
      if (conversationId !== talk.id || seq === null || seq <= before || seq > talk.answeredSeq) continue;
      if (talk.status === "human") handedOver.add(id);
      else if (turnId === null) fail(`${waMessageId} was passed over without an answer`);
    }
  };

  /** A person who took over, or a customer who wants no more messages, is not talked over: not even by a draft that waited. */
  const maySpeak = (caller: Caller, message: MessageRow): void => {
    const { conversationId, turnId, state } = message;
    const by = silencedBy(tables, conversationId, turnId) ?? (state === "withheld" ? "person" : null);
    if (by === null) return;
    const look = caller.looks.get(conversationId);
    // Whoever has just asked may not know yet: no longer ago than the way of the answer.
    if (look?.heardAt === now() && look.seenAt <= (closedAt.get(`${conversationId} ${by}`) ?? -Infinity))
      return;
    fail("a reply was sent although a person had taken over, or its reader had opted out");
  };

  return {
    get violation() {
      return violation;
    },
    fail,
    statement,
    sends,
    covered,
    handedOver,
    callsPerson,
    toldOf,

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

    beginSend(caller, partId) {
      const message = tables.messages.find(({ id }) => id === partId);
      if (!message) fail("a reply was sent before it was written down");
      else if (!isHolder(caller, message.conversationId))
        fail(`${caller.name} sent after a successor had taken the conversation`);
      else maySpeak(caller, message);
      const send: Send = { begunAt: now(), result: "under way", accepted: false };
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

/** Conversations in which the bot has to be silent, but for the turn that called the person itself, and because of whom. */
const silences = (tables: Tables): Set<string> =>
  new Set(
    tables.conversations.flatMap(({ id, status, userId }) => [
      ...(status === "bot" ? [] : [`${id} person`]),
      ...(tables.users.some((user) => user.id === userId && user.optedOutAt !== null)
        ? [`${id} reader`]
        : []),
    ]),
  );

/** Who wants this turn to be silent: a person who took over, or a reader who opted out after what it answers. */
function silencedBy(
  tables: Tables,
  conversationId: string,
  turnId: string | null,
): "person" | "reader" | null {
  const talk = tables.conversations.find(({ id }) => id === conversationId);
  const called = tables.handoffs.some(
    (handoff) => turnId !== null && handoff.turnId === turnId && !handoff.handedBack,
  );
  if (talk && talk.status !== "bot" && !called) return "person";
  const person = tables.users.find(({ id }) => id === talk?.userId);
  if (!person || person.optedOutAt === null) return null;
  // The answer to the very word that asked for it may go out.
  const turn = tables.turns.find(({ id }) => id === turnId);
  const stop = tables.messages.findLast(
    ({ conversationId: id, opt, sentAt }) =>
      id === conversationId && opt === "stop" && sentAt === person.optChangedAt,
  );
  return !turn || turn.throughSeq < (stop?.seq ?? Infinity) ? "reader" : null;
}

/** How many of these sends may have reached the customer. */
export const mayHaveGone = (sends: readonly Send[] | undefined): number =>
  (sends ?? []).filter(({ result }) => result !== "rejected").length;

/** A claim holds everything that waits, in the order of Meta's times. */
function checkPending(claim: Claim, { tables }: StoreModel, fail: (what: string) => void): void {
  const talk = tables.conversations.find(({ id }) => id === claim.conversationId);
  const waiting = tables.messages.filter(
    ({ conversationId, seq, state }) =>
      conversationId === talk?.id && seq !== null && seq > talk.answeredSeq && state === "received",
  );
  const given = new Set(claim.pending.map(({ id }) => id));
  if (waiting.length !== given.size || waiting.some(({ id }) => !given.has(id)))
    fail("a claim did not hold all that waits");
  if (
    claim.pending.some(({ timestampMs }, index) => timestampMs < (claim.pending[index - 1]?.timestampMs ?? 0))
  )
    fail("a claim was not in the order of Meta's times");
}
