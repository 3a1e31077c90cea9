import type { Random } from "../../chaos/simulation/random.ts";
import { spellingsOf } from "../../lib/phone/spellings.ts";
import type { DeliveryStatus } from "../../lib/types/inbound.ts";
import type { ReceiveBatch } from "../../lib/types/inbox-store.ts";
import type { Claim, DraftInput, PartForm } from "../../lib/types/turn-store.ts";
import type { openModelStore } from "./model-store.ts";
import { createNumbering } from "./numbering.ts";
import { OPERATORS, type OperatorAct, type openSqlStore } from "./sql-store.ts";
import { record, sentPart } from "./values.ts";

type Sql = Awaited<ReturnType<typeof openSqlStore>>;
type Model = ReturnType<typeof openModelStore>;
type ModelCalls = Model["model"];

/** A claim as each of the two stores gave it, and the parts drafted with it. */
interface Held {
  sql: Claim;
  model: Claim;
  /** Ids by store: a message that a store wrote itself has its own. */
  parts: { sql: string; model: string }[];
}

/** The others are refusals. */
const OUTCOMES: Record<string, string> = {
  ...{ done: "done", stored: "stored", repeated: "repeated", id_used: "repeated" },
};

const OURS = "100";
/** Ours too; what is sent there has the ids of the first. */
const OTHER = "200";
const STATUSES: [DeliveryStatus, ...DeliveryStatus[]] = ["sent", "delivered", "read", "failed"];

/** A random sequence of calls, each made of both stores; ids that they chose themselves are numbered. */
export function createSequence(random: Random, sql: Sql, { model, ...memory }: Model) {
  // Times end in 0, lengths of time in 5: nothing is ever exactly due.
  let nowMs = Date.UTC(2026, 0, 1);
  let serial = 0;
  const conversations: { sql: string; model: string }[] = [];
  const held: Held[] = [];
  const parts: string[] = [];
  const presses: string[] = [];
  const waMessageIds: string[] = [];

  const wait = async () => {
    nowMs += random.pick([10, 1_000, 4_000, 40_000]) * random.int(1, 3);
    memory.setNow(nowMs);
    await sql.setNow(nowMs);
  };

  const both = async <Answer>(
    name: string,
    ask: (store: Sql["store"] | ModelCalls, side: "sql" | "model") => Promise<Answer> | Answer,
  ) => {
    const fromSql = await ask(sql.store, "sql");
    const fromModel = await ask(model, "model");
    return { name, sql: fromSql, model: fromModel };
  };

  const receive = async () => {
    const batch: ReceiveBatch = {
      phoneNumberIds: [OURS, OTHER],
      messages: Array.from({ length: random.int(0, 2) }, () => message()),
      statuses: Array.from({ length: random.int(0, 2) }, () => status()),
      rateLimit: { max: random.pick([2, 20]), windowS: 60 },
      throughputs: {},
      humanPauseS: 3_600,
      operatorEchoes: [],
      identityChanges: random.chance(0.1) ? [identityChange()] : [],
      preferences: [],
      calls: [],
      handovers: [],
      accountEvents: [],
      claim: random.pick([null, { turnId: turnId(), leaseMs: 30_005 }]),
    };
    const answer = await both("receive", async (store, side) => {
      const received = await store.receive(batch);
      // Three are taken along: of more, who became open at the same instant is for each store to choose.
      const leftUnread = conversations.length > 3 ? [] : inNumbers(received.leftUnread, side);
      return { ...received, leftUnread };
    });
    if (answer.sql.startedTurn && answer.model.startedTurn)
      held.push({ sql: answer.sql.startedTurn, model: answer.model.startedTurn, parts: [] });
    return answer;
  };

  const message = (): ReceiveBatch["messages"][number] => {
    serial += 1;
    const again = random.chance(0.15) ? waMessageIds.at(random.int(0, waMessageIds.length - 1)) : undefined;
    const waMessageId = again ?? `wamid.${serial}`;
    waMessageIds.push(waMessageId);
    const person = random.int(1, 2);
    const known = random.int(0, 2);
    const change = random.pick([null, null, null, null, null, null, null, "edit", "revoke"] as const);
    const from = known < 2 ? `551198765432${random.chance(0.1) ? 1 : person}` : null;
    const phones = from === null ? [] : spellingsOf(from);
    if (random.chance(0.3)) phones.reverse();
    return {
      phoneNumberId: random.chance(0.05) ? "not ours" : random.chance(0.1) ? OTHER : OURS,
      waMessageId,
      from: phones[0] ?? null,
      phones,
      fromUserId: known > 0 ? `PE.${person}${random.chance(0.15) ? ".new" : ""}` : null,
      profileName: random.pick(["Ana", "Luis", null]),
      groupId: random.chance(0.05) ? "group" : null,
      timestampMs: nowMs - random.int(0, 60) * 1000 + serial,
      type: change ?? "text",
      text: `message ${serial}`,
      replyId: null,
      mediaId: null,
      contextId: null,
      metaCodes: [],
      content: change ? changeOf(waMessageIds.at(random.int(0, waMessageIds.length - 1)) ?? "") : {},
      standby: false,
      about: null,
      admission: random.pick(["new", "new", "new", "unknown", "limited"]),
      retryAfterS: random.pick([null, 7]),
      startsTurn: change === null && random.chance(0.9),
      opt:
        change === null
          ? random.pick([null, null, null, null, null, null, null, null, "stop", "start"] as const)
          : null,
      optUnlessAnswer: random.pick([null, null, "part"]),
      asks: random.chance(0.3),
    };
  };

  const changeOf = (original: string) => ({
    original_message_id: original,
    message: { type: "text", text: { body: `edited by ${serial}` } },
  });

  const status = (): ReceiveBatch["statuses"][number] => {
    const part = parts.at(random.int(0, Math.max(0, parts.length - 1))) ?? null;
    const known = part !== null && random.chance(0.8);
    return {
      phoneNumberId: OURS,
      waMessageId: known
        ? (random.chance(0.1) && waMessageIds.at(-1)) || `wamid.out.${part}`
        : `wamid.unknown.${random.int(1, 3)}`,
      status: random.pick(STATUSES),
      timestampMs: nowMs,
      recipientId: null,
      recipientUserId: null,
      opaqueId: known && random.chance(0.5) ? part : null,
      metaCodes: random.pick([[], [131_026]]),
      pricing: null,
      effect: random.pick([null, "reengage", "plain_form", "plain_form", "call_operator", "slow_down"]),
    };
  };

  /** A customer gets another user id, perhaps an earlier one. */
  const identityChange = (): ReceiveBatch["identityChanges"][number] => {
    const person = random.int(1, 2);
    const [before, after] = random.pick<readonly [string, string]>([
      ["", ".new"],
      [".new", ".newer"],
      [".new", ""],
    ]);
    const [previous, current] = [`PE.${person}${before}`, `PE.${person}${after}`];
    const phone = { previous: null, current: null };
    const phones = { previous: [], current: [] };
    return { phoneNumberId: OURS, phone, phones, userId: { previous, current }, timestampMs: nowMs };
  };

  const look = () => {
    const holding = holder();
    if (!holding) return claim();
    const previous = random.pick([null, holding.parts.at(-1) ?? null]);
    return both("checkBeforeSend", (store, side) =>
      store.checkBeforeSend(holding[side], previous?.[side] ?? null),
    );
  };

  const claim = async () => {
    const conversation = conversations[random.int(0, conversations.length - 1)];
    if (!conversation) return receive();
    const leaseMs = random.pick([1_005, 30_005]);
    const answer = await both("claim", (store, side) => store.claim(conversation[side], leaseMs));
    if (answer.sql && answer.model) {
      const others = answer.model.unsent;
      const unsent = answer.sql.unsent.map(({ id }, at) => ({ sql: id, model: others[at]?.id ?? id }));
      held.push({ sql: answer.sql, model: answer.model, parts: unsent });
    }
    return answer;
  };

  /** Mostly the newest claim; at times one that was lost long ago. */
  const holder = () => (random.chance(0.8) ? held.at(-1) : held[random.int(0, held.length - 1)]);

  const draft = async () => {
    const holding = holder();
    if (!holding) return claim();
    const own = Array.from({ length: random.int(1, 2) }, partId);
    const rest = {
      parts: own.map((id) => form(id, random.pick(["text", "text", "location_request"] as const))),
      readings: [],
      language: random.pick(["es", "en", null] as const),
      handoff: random.chance(0.25) ? handoff() : null,
      toolCalls: [],
      exchanges: null,
      evenIfOvertaken: random.chance(0.3),
      leaseMs: 30_005,
      record: record(random),
      usage: { usd: random.int(0, 3) / 4, soundSeconds: random.int(0, 20) },
      repeat: random.pick([null, { key: "hola", count: random.int(1, 5), atOnce: random.int(0, 3) }]),
    } satisfies Omit<DraftInput, "claim" | "optOut">;
    const speaks = random.chance(0.15);
    holding.parts.push(...own.map((id) => ({ sql: id, model: id })));
    parts.push(...own);
    return both("draft", (store, side) => {
      const optOut = speaks ? (holding[side].pending.at(-1)?.id ?? null) : null;
      return store.draft({ ...rest, optOut, claim: holding[side] });
    });
  };

  const form = (id: string, kind: "text" | "location_request"): PartForm => {
    const text = `${random.pick(["part", "piece"])} ${id.slice(-3)}${random.chance(0.3) ? "?" : ""}`;
    const message = kind === "text" ? { kind, text } : { kind, body: text };
    return { id, message, text, quoteWaMessageId: random.pick([null, null, "wamid.1"]) };
  };

  const redraft = () => {
    const holding = holder();
    const part = holding?.parts.at(-1);
    if (!(holding && part)) return claim();
    const plain = form(part.sql, "text");
    return both("redraft", (store, side) =>
      store.redraft(holding[side], { ...plain, id: part[side] }, 30_005),
    );
  };

  const handoff = () => {
    const notice = (text: string) => ({ message: { kind: "text" as const, text }, text });
    const [fromMs, untilMs] = [nowMs - 5, nowMs + random.pick([1_005, 60_005])];
    const away = random.chance(0.5) ? { away: { ...notice("back on Monday"), fromMs, untilMs } } : {};
    return {
      reason: random.chance(0.1) ? "repeating" : `reason ${++serial}`,
      summary: "help",
      dueAtMs: nowMs + random.pick([-5, 4_005, 100_005]),
      notices: random.chance(0.8) ? { waiting: notice("still looking"), ...away } : {},
    };
  };

  const endWaits = () =>
    both("endWaits", async (store, side) => {
      const { conversationIds, reminders } = await store.endWaits(50);
      const byWaiting = reminders.toSorted((a, b) => a.waiting - b.waiting || a.longestS - b.longestS);
      return { conversationIds: inNumbers(conversationIds, side), reminders: byWaiting };
    });

  const finish = () => {
    const holding = holder();
    if (!holding) return claim();
    const told = holding.parts
      .filter(() => random.chance(0.8))
      .map((ids) => ({ ids, part: sentPart(random, ids.sql) }));
    const rest = {
      effects: random.pick([[], [], ["reengage" as const], ["call_operator" as const]]),
      result: random.pick(["answered", "retry", "dead"] as const),
      reason: random.pick([null, "failed", "refused", "unconfirmed", "window_closed"] as const),
      retryAfterMs: random.pick([5, 4_005]),
      handoffNotified: random.chance(0.5),
      record: random.chance(0.5) ? record(random) : null,
      ...(random.chance(0.3) ? { failure: "turn:lost" } : {}),
    };
    const partsOf = (side: "sql" | "model") => told.map(({ ids, part }) => ({ ...part, id: ids[side] }));
    return both("finish", (store, side) =>
      store.finish({ ...rest, parts: partsOf(side), claim: holding[side] }),
    );
  };

  const resend = () => {
    const holding = holder();
    if (!holding) return claim();
    return both("beginResend", async (store, side) => {
      const ids = holding.parts.map((part) => part[side]);
      const { leaseHeld: holds, ...resend } = await store.beginResend(holding[side], ids, 30_005);
      const unconfirmed = ids.flatMap((id, at) => (resend.unconfirmed.includes(id) ? at : []));
      return { holds, ...resend, unconfirmed };
    });
  };

  const open = () => both("open", async (store, side) => inNumbers(await store.unread(10), side));
  // What became open at the same instant has no order.
  const inNumbers = (ids: readonly string[], side: "sql" | "model") =>
    ids.map((id) => conversations.findIndex((conversation) => conversation[side] === id)).sort();

  const person = async () => {
    const conversation = conversations[random.int(0, conversations.length - 1)];
    if (!conversation) return receive();
    if (random.chance(0.6)) return operatorActs(conversation);
    if (random.chance(0.5)) {
      await sql.handBack(conversation.sql);
      model.handBack(conversation.model);
      return { name: "handBack", sql: null, model: null };
    }
    const reason = `reason ${++serial}`;
    await sql.takeOver(conversation.sql, reason, "mine");
    model.takeOver(conversation.model, reason, "mine");
    return { name: "takeOver", sql: null, model: null };
  };

  const operatorActs = async (conversation: { sql: string; model: string }) => {
    const pressId = random.chance(0.2) ? presses.at(-1) : undefined;
    const act: OperatorAct = {
      what: random.pick(["take", "give back", "write", "write"] as const),
      operator: random.pick(OPERATORS as [string, string]),
      pressId: pressId ?? `00000000-0000-4000-8001-${(++serial).toString().padStart(12, "0")}`,
    };
    presses.push(act.pressId);
    return {
      name: `${act.what} as ${act.operator.at(-1)}`,
      sql: OUTCOMES[await sql.operatorActs(conversation.sql, act)] ?? "refused",
      model: actInModel(act, conversation.model),
    };
  };

  const actInModel = ({ what, operator, pressId }: OperatorAct, conversationId: string): string => {
    if (what === "write") return model.sendAsOperator({ id: pressId, conversationId, operator }).outcome;
    const done =
      what === "take" ? model.take(conversationId, operator) : model.giveBack(conversationId, operator);
    return done ? "done" : "refused";
  };

  const notice = () => {
    const conversation = conversations[random.int(0, conversations.length - 1)];
    if (!conversation) return receive();
    const waMessageId = `wamid.notice.${random.int(1, 3)}`;
    return both("recordNotice", async (store, side) => {
      await store.recordNotice({ conversationId: conversation[side], text: "slowly", waMessageId });
    });
  };

  const release = () => {
    const holding = holder();
    if (!holding) return claim();
    return both("release", (store, side) => store.release(holding[side].turnId));
  };

  const turnId = () => `00000000-0000-4000-a000-${(++serial).toString(16).padStart(12, "0")}`;
  const partId = () => `00000000-0000-4000-9000-${(++serial).toString(16).padStart(12, "0")}`;
  const names = { sql: createNumbering(), model: createNumbering() };

  return {
    async next() {
      await wait();
      const calls = [
        receive,
        receive,
        claim,
        claim,
        draft,
        draft,
        finish,
        finish,
        resend,
        redraft,
        endWaits,
        look,
        release,
        open,
        person,
        notice,
      ];
      const answer = await random.pick([receive, ...calls])();
      for (const id of newsOf(answer.sql)) {
        const index = newsOf(answer.sql).indexOf(id);
        const own = newsOf(answer.model)[index];
        if (own && !conversations.some((known) => known.sql === id))
          conversations.push({ sql: id, model: own });
      }
      const fromSql = names.sql({ answer: answer.sql ?? null, tables: await sql.dump() });
      const fromModel = names.model({ answer: answer.model ?? null, tables: memory.dump() });
      return { name: answer.name, fromSql, fromModel };
    },
  };
}

/** The unread conversations of an answer, if it has any. */
function newsOf(answer: unknown): string[] {
  if (typeof answer !== "object" || answer === null || !("conversationIds" in answer)) return [];
  const { conversationIds } = answer;
  return Array.isArray(conversationIds) ? conversationIds.filter((id) => typeof id === "string") : [];
}
