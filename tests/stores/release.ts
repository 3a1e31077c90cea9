import { createAbsentOperators } from "../../db/absent-operators.ts";
import { createActStore, createReminderStore } from "../../db/acts.ts";
import { createAlertStore } from "../../db/alerts.ts";
import type { Database } from "../../db/client.ts";
import {
  hasCompany,
  keepSecret,
  loadCompany,
  readCompany,
  readSecrets,
  removeSecret,
  resealSecret,
} from "../../db/company.ts";
import { readCounters, readStanding } from "../../db/counters.ts";
import { actsForPeople, customerAct } from "../../db/customer-acts.ts";
import { deadLetter, deadLetters, dropDead, replayDead } from "../../db/dead.ts";
import { createComparisonStore, createGuessReader } from "../../db/guesses.ts";
import { handBack, openHandoffs, takeOver } from "../../db/handoffs.ts";
import { createKnowledgeBase } from "../../db/knowledge.ts";
import { createMediaFiles } from "../../db/media-files.ts";
import { createMetrics, createRollUp } from "../../db/metrics.ts";
import { createRetention, deleteCustomers } from "../../db/retention.ts";
import { createSearchIndex } from "../../db/search-index.ts";
import { firstAlert } from "../../db/single-alerts.ts";
import { createTotalsReader } from "../../db/totals.ts";
import { exportedMetrics } from "../../lib/insight/exports/list.ts";
import { RATING_NOTICES } from "../../lib/ratings/notices.ts";
import type { Finding } from "../../lib/types/alerts.ts";
import type { ProposedAct } from "../../lib/types/turn/acts.ts";
import { ANA, accepted, inbound, inShort, OUR_NUMBER, status, textPart } from "../store/support.ts";

/** An alert of every company. */
const FOUND: Finding = {
  ...{ name: "dead", rule: "dead", severity: "ticket", stage: 1, facts: { count: 2 } },
  ...{ holdMs: 0, keepMs: 0, sinceMs: null, told: false },
};

/** An act but for its ids. */
const ACT: Omit<ProposedAct, "id" | "idempotencyKey"> = {
  declared: {
    ...{ name: "book", description: "Books.", input: { type: "object" } },
    via: { kind: "http", method: "POST", url: "https://example.com" },
    effect: { ask: { es: "¿Reservo?" }, done: { es: "Listo." } },
  },
  ...{ input: {}, question: "¿Reservo?", language: "es", minutes: 10 },
};

/** Every statement of `db/*.ts`, at least once, most of them on a conversation that goes through a turn's whole life. */
export async function callEverything(database: Database): Promise<void> {
  const tenantId = await company(database);
  await turns(database);
  await turns({ ...database, shared: true });
  await deadTurns(database);
  await media(database);
  await readCounters(database, 7);
  await readStanding(database);
  await figures(database, tenantId);
  await alerts(database, tenantId);
  await createRetention(database).purge(30, 100);
  await deleteCustomers(database, ["51900000001"]);
}

async function company(database: Database): Promise<string> {
  const profile = {
    name: "Inti",
    about: "a shop",
    tone: "brief",
    hours: "9 to 5",
    timeZone: "America/Lima",
    language: "es" as const,
    contact: "",
    mediaDays: 30,
  };
  const passage = {
    slug: "shipping",
    language: "es" as const,
    title: "Envíos",
    body: "En 2 días.",
    keywords: "",
  };
  const { tenantId } = await loadCompany(database, OUR_NUMBER, { profile, knowledge: [passage] });
  await hasCompany(database, OUR_NUMBER);
  await readCompany(database, OUR_NUMBER);
  const sealed = `v1.0123456789abcdef.${"A".repeat(38)}`;
  await keepSecret(database, tenantId, { name: "WORKSHOP_KEY", sealed });
  await resealSecret(database, tenantId, { name: "WORKSHOP_KEY", before: sealed, sealed });
  await readSecrets(database, OUR_NUMBER);
  await removeSecret(database, tenantId, "WORKSHOP_KEY");
  await firstAlert(database, OUR_NUMBER, "model:ended");
  await createKnowledgeBase(database).search(tenantId, "¿cuánto tarda el envío?", "es", 3);
  return tenantId;
}

async function turns(database: Database): Promise<void> {
  const { store, receive, one, claim, draft, finish } = inShort(database);
  const part = textPart("One moment, please.");
  const id = await one();
  const held = await claim(id);
  await store.firstAlertToday(held, "turns");
  const act = { ...ACT, id: crypto.randomUUID(), messageId: part.id, idempotencyKey: `act-${part.id}` };
  await draft(held, {
    parts: [part],
    handoff: { reason: "asked", summary: "A person, please." },
    ...{ act, actsTold: [] },
  });
  const acts = createActStore(database);
  const answer = { answer: "yes", messageId: held.pending[0]?.id ?? null, needsApproval: false } as const;
  await acts.begin(held, { ...answer, actId: act.id, leaseMs: 30_000 });
  await actsForPeople(database);
  await customerAct(database, act.id);
  const inAnHour = Date.now() + 3_600_000;
  const times = { startsAtMs: inAnHour, dueAtMs: inAnHour - 1_800_000 };
  const keep = { key: "C-1", ...times, template: "reminder", languageCode: "es", values: [] };
  const reminder = { forget: null, keep };
  await acts.end(held, { actId: act.id, state: "executed", code: null, answer: {}, reminder });
  const reminders = createReminderStore(database);
  await reminders.due(10);
  await reminders.settle({ id: act.id, outcome: "failed", reason: "template_missing" });
  await store.checkBeforeSend(held, part.id);
  await store.beginResend(held, [part.id], 30_000);
  await store.redraft(held, part, 30_000);
  await finish(held, [accepted(part.id, `wamid.out-${id}`)]);
  const used = { inputTokens: 7, cachedTokens: 0, outputTokens: 3, costUsd: 0.001, models: [] };
  await createComparisonStore(database).record({
    turnId: held.turnId,
    model: null,
    used,
    usd: 0.001,
    exchanges: null,
  });
  await openHandoffs(database);
  await handBack(database, id);
  await takeOver(database, id, { reason: "asked", summary: "On the phone." });
  await handBack(database, id);
  await receive([inbound()], [status({ waMessageId: `wamid.out-${id}` })], {}, everythingBesides());
  await handBack(database, id);
  const again = await store.claim(id, 30_000);
  if (again) await store.release(again.turnId);
  await store.recordNotice({
    conversationId: id,
    text: "Slowly, please.",
    waMessageId: `wamid.notice-${id}`,
  });
  await store.unread(10);
  await store.nextUnreadMs();
  await store.endWaits(10);
  await store.endSilences(10, RATING_NOTICES);
  await absentOperators(database, id);
}

function everythingBesides(): Parameters<ReturnType<typeof inShort>["receive"]>[3] {
  const person = { phoneNumberId: OUR_NUMBER, from: ANA, fromUserId: null, timestampMs: Date.now() - 60_000 };
  const names = { previous: null, current: null };
  return {
    operatorEchoes: [
      {
        ...person,
        to: ANA,
        toUserId: null,
        waMessageId: "wamid.echo",
        type: "text",
        text: "I am here",
        content: {},
      },
    ],
    identityChanges: [{ ...person, phone: names, userId: { previous: "US.1", current: "US.2" } }],
    preferences: [{ ...person, category: "marketing_messages", value: "stop" }],
    calls: [person],
    handovers: [{ ...person, ours: true }],
    accountEvents: [
      {
        phoneNumberId: OUR_NUMBER,
        accountId: "1",
        field: "account_update",
        event: "ACCOUNT_VIOLATION",
        severity: "critical",
        detail: {},
        timestampMs: person.timestampMs,
        givenTimeMs: person.timestampMs,
      },
    ],
  };
}

async function deadTurns(database: Database): Promise<void> {
  const { one, claim, finish } = inShort(database);
  const from = { from: "51900000000", profileName: "Bea" };
  const id = await one(inbound(from));
  const held = await claim(id);
  await finish(held, [], "dead");
  await deadLetters(database);
  await deadLetter(database, held.turnId);
  await replayDead(database, held.turnId);
  const again = await claim(id);
  await finish(again, [], "dead");
  await dropDead(database, again.turnId);
}

async function media(database: Database): Promise<void> {
  const files = createMediaFiles(database);
  const path = await files.record({ phoneNumberId: OUR_NUMBER, mediaId: "42" }, "image/png", "kept/42");
  if (path !== null) await files.confirm(path, 1_000);
  await files.shorten();
  await files.due(10);
  await files.forget(["kept/42"]);
}

/** Conversations and handoffs that operators left alone. */
async function absentOperators(database: Database, conversationId: string): Promise<void> {
  const { idle, giveBack, untaken, notReported } = createAbsentOperators(database);
  await idle(10);
  await giveBack({
    conversationId,
    why: "silent",
    notice: null,
    answer: false,
    note: "It is with the bot again.",
  });
  await untaken(10);
  await notReported([]);
}

async function figures(database: Database, tenantId: string): Promise<void> {
  const { read, readEach, record, freshMs, worstTurns } = createMetrics(database);
  await createSearchIndex(database).bringIn(100);
  const { step, rebuild } = createRollUp(database);
  await step(100, Date.now() + 3_600_000);
  await rebuild(30);
  await record([{ tenantId, metric: "health", labels: { name: "cache", result: "ok" }, ms: 3 }]);
  const range = { fromMs: Date.now() - 86_400_000, toMs: Date.now(), step: "hour" as const };
  await read({ tenantId, metric: "turns", ...range, by: ["intent"], where: { rung: "full" } });
  await readEach([{ tenantId, metric: "wait", ...range, by: [], where: {} }]);
  await worstTurns({ tenantId, metric: "wait", ...range, where: {} }, 10);
  await freshMs();
  await createTotalsReader(database).totals(exportedMetrics([]).map(({ asked }) => asked));
}

async function alerts(database: Database, tenantId: string): Promise<void> {
  const store = createAlertStore(database);
  const now = Date.now();
  await store.tenants([OUR_NUMBER]);
  await store.claimRun(tenantId, { name: "watch", everyMs: 60_000 }, now);
  await store.standing(tenantId, true);
  await store.update(tenantId, { found: [FOUND], checked: ["dead"] }, now);
  for (const telling of await store.takeTellings(tenantId, now))
    await store.endTelling(tenantId, { telling, delivered: true }, now);
  await store.list(tenantId, now);
  await createGuessReader(database).agreement(tenantId, { fromMs: 0, toMs: now });
  await createGuessReader(database).learnable(tenantId, { fromMs: 0, most: 10 });
}
