import type { Database } from "../../db/client.ts";
import { createStore } from "../../db/store.ts";
import type { InboundMessage, StatusUpdate } from "../../lib/types/inbound.ts";
import type { ReceiveBatch } from "../../lib/types/inbox-store.ts";
import type { Claim, DraftInput, FinishInput, SentPart, TurnRecord } from "../../lib/types/turn-store.ts";
import { phonesOf, spellPhones } from "../../lib/webhook/spell-phones.ts";
import { reportEffect } from "../../lib/whatsapp/errors.ts";

export const OUR_NUMBER = "106540352242922";
export const ANA = "51987654321";
/** An hour ago: the 24-hour window is open. */
const T0 = Date.now() - 3_600_000;

let nextId = 0;

/** A text message of Ana's, a second after the last one. */
export function inbound(over: Partial<InboundMessage> = {}): InboundMessage {
  nextId += 1;
  return {
    phoneNumberId: OUR_NUMBER,
    waMessageId: `wamid.${nextId}`,
    from: ANA,
    fromUserId: null,
    profileName: "Ana",
    groupId: null,
    timestampMs: T0 + nextId * 1000,
    type: "text",
    text: `message ${nextId}`,
    replyId: null,
    mediaId: null,
    contextId: null,
    metaCodes: [],
    content: {},
    standby: false,
    about: null,
    ...over,
  };
}

/** A status report about one of our messages. */
export function status(over: Partial<StatusUpdate>): StatusUpdate {
  return {
    phoneNumberId: OUR_NUMBER,
    waMessageId: "wamid.unknown",
    status: "delivered",
    timestampMs: T0,
    recipientId: ANA,
    recipientUserId: null,
    opaqueId: null,
    metaCodes: [],
    pricing: null,
    ...over,
  };
}

/** The record of an everyday turn. */
export const RECORD: TurnRecord = {
  intent: "greeting",
  confidence: 0.9,
  decidedBy: "model",
  guess: { intent: "order_status", confidence: 0.9, sure: true, version: "0" },
  language: "es",
  intentModel: "small",
  replyModel: "large",
  models: [{ model: "large", inputTokens: 100, cachedTokens: 40, outputTokens: 20, costUsd: 0.0001 }],
  modelChoice: "balanced/hard",
  inputTokens: 10,
  cachedTokens: 4,
  outputTokens: 5,
  costUsd: 0.001,
  stagesMs: { claim: 1 },
  rung: "full",
  errors: [],
  rounds: 1,
  traceId: null,
};

/** A batch's usual circumstances. */
const NOTHING_BESIDES = {
  phoneNumberIds: [OUR_NUMBER],
  throughputs: {},
  rateLimit: { max: 3, windowS: 60 },
  humanPauseS: 43_200,
  operatorEchoes: [],
  identityChanges: [],
  preferences: [],
  calls: [],
  handovers: [],
  accountEvents: [],
  claim: null,
};

/** A part of a reply in plain text. */
export const textPart = (text: string): DraftInput["parts"][number] => ({
  id: crypto.randomUUID(),
  message: { kind: "text", text },
  text,
  quoteWaMessageId: null,
});

/** The store of one database, with the calls of a webhook and of a turn in short. */
export function inShort(database: Database) {
  const store = createStore(database);
  const receive = (
    messages: readonly InboundMessage[],
    statuses: readonly StatusUpdate[] = [],
    over: Partial<ReceiveBatch["messages"][number]> = {},
    batch: Partial<ReceiveBatch> = {},
  ) =>
    store.receive({
      messages: messages.map((message) => ({
        ...message,
        phones: phonesOf(message.from),
        admission: "new",
        retryAfterS: null,
        startsTurn: true,
        opt: null,
        optUnlessAnswer: null,
        asks: false,
        ...over,
      })),
      statuses: statuses.map((each) => ({
        ...each,
        effect: each.status === "failed" ? reportEffect(each.metaCodes) : null,
      })),
      ...NOTHING_BESIDES,
      ...batch,
      ...spellPhones({ ...NOTHING_BESIDES, ...batch }),
    });
  const one = async (message = inbound()): Promise<string> => {
    const [id] = (await receive([message])).conversationIds;
    if (!id) throw new Error("no conversation is unread");
    return id;
  };
  const claim = async (conversationId: string, leaseMs = 30_000): Promise<Claim> => {
    const claimed = await store.claim(conversationId, leaseMs);
    if (!claimed) throw new Error("the claim was refused");
    return claimed;
  };
  const draft = (held: Claim, over: Partial<DraftInput> = {}) =>
    store.draft({
      claim: held,
      parts: [textPart("reply")],
      readings: [],
      language: "es",
      handoff: null,
      toolCalls: [],
      exchanges: null,
      evenIfOvertaken: false,
      leaseMs: 30_000,
      record: RECORD,
      usage: { usd: 0.001, soundSeconds: 0 },
      repeat: null,
      optOut: null,
      ...over,
    });
  const finish = (
    held: Claim,
    parts: readonly SentPart[] = [],
    result: "answered" | "retry" | "dead" = "answered",
    effects: FinishInput["effects"] = [],
  ) =>
    store.finish({
      claim: held,
      parts,
      effects,
      result,
      reason: result === "dead" ? deathOf(parts) : null,
      retryAfterMs: 0,
      handoffNotified: false,
      record: RECORD,
    });
  const outbound = () =>
    database.sql<{ id: string; state: string; waMessageId: string | null; sends: number; text: string }>`
      select id, state, wa_message_id as "waMessageId", sends, text from messages where direction = 'out' order by sent_at`;
  return { store, receive, one, claim, draft, finish, outbound, sql: database.sql };
}

/** Parts of a turn that is given up. */
function deathOf(parts: readonly SentPart[]): FinishInput["reason"] {
  if (parts.some(({ outcome }) => outcome === "rejected")) return "refused";
  return parts.some(({ outcome }) => outcome === "ambiguous") ? "unconfirmed" : "failed";
}

/** One accepted part. */
export const accepted = (id: string, waMessageId: string): SentPart => ({
  id,
  outcome: "accepted",
  sends: 1,
  waMessageId,
  metaCode: null,
});
