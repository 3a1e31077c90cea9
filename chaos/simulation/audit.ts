import type { Claim } from "../../lib/store-ports.ts";
import type { StoreModel } from "./store/model.ts";
import { type ConversationRow, deliveryRank } from "./store/tables.ts";

/** One call of the engine (a webhook or a resume): what it believes to hold. */
export interface Caller {
  name: string;
  /** By conversation: the number of the claim that this call was given last. */
  claims: Map<string, number>;
}

/** One time that a part of a reply was sent to the Graph API. */
export interface Send {
  begunAt: number;
  result: "under way" | "accepted" | "ambiguous" | "rejected";
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
  echoWaitMs: number;
}

/** Watches one schedule. */
export function createAudit({ store, now, echoWaitMs }: AuditOptions): Audit {
  const { tables } = store;
  const holders = new Map<string, number>();
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
    const result = change();
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
      const { conversationId, seq, turnId, waMessageId } = message;
      if (conversationId !== talk.id || seq === null || seq <= before || seq > talk.answeredSeq) continue;
      if (talk.status === "human") handedOver.add(waMessageId ?? "");
      else if (turnId === null) fail(`${waMessageId} was passed over without an answer`);
    }
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
      covered.set(claim.turnId, new Set(claim.pending.map(({ waMessageId }) => waMessageId ?? "")));
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
        else if (now() - last.begunAt < echoWaitMs)
          fail(`a message was sent again ${now() - last.begunAt} ms after its last send began`);
      }
    },
  };
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
