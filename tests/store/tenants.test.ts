import { beforeAll, expect, test } from "vitest";
import { createActStore, createReminderStore } from "../../db/acts.ts";
import { createAlertStore } from "../../db/alerts.ts";
import * as companies from "../../db/company.ts";
import * as counters from "../../db/counters.ts";
import * as deadLetters from "../../db/dead.ts";
import { createComparisonStore, createGuessReader } from "../../db/guesses.ts";
import * as handoffs from "../../db/handoffs.ts";
import { createKnowledgeBase } from "../../db/knowledge.ts";
import { createMediaFiles } from "../../db/media-files.ts";
import { createMetrics, createRollUp } from "../../db/metrics.ts";
import { createRetention } from "../../db/retention.ts";
import * as singleAlerts from "../../db/single-alerts.ts";
import { createStore } from "../../db/store.ts";
import { createTotalsReader } from "../../db/totals.ts";
import { everyThird } from "../support/seed.ts";
import { describeFilledStore } from "./describe-store.ts";
import { accepted, textPart } from "./support.ts";
import {
  CHECKED,
  callsOf,
  company,
  createRowsOf,
  createTwin,
  EXCHANGES,
  FORGOTTEN,
  FOUND,
  news,
  PERSON,
  rowsOf,
  SEALED,
  type Twin,
} from "./twins.ts";

const now = () => Date.now();
const OF_OPERATORS = [
  ...["audit_log", "conversation_tags", "csat", "invitations", "memberships", "notes", "presence"],
  ...["message_rates", "playground_answers"],
  ...["quick_replies", "suggestions", "uploads", "version_drafts"],
];

describeFilledStore("two numbers at which everything has the same name", (db) => {
  /** Nothing is asked of it. */
  let other: Twin;
  let numbers = 0;
  beforeAll(async () => {
    await createRowsOf(db);
    other = await createTwin(db, "999");
    await callsOf(db, "999").receive({
      waMessageId: "wamid.only.there",
      from: "51900000009",
      fromUserId: null,
    });
    await callsOf(db, "999").receive({ waMessageId: "wamid.only.gone.there" });
    await db.sql`delete from messages where wa_message_id = 'wamid.only.gone.there'`;
  });

  type Call = (mine: Twin, calls: ReturnType<typeof callsOf>) => Promise<unknown>;
  /** Each call of `db/`, by what of it could reach too far. */
  const calls: Record<string, Call> = {
    "receive: a message with an id that is known there": async (_mine, { receive }) =>
      expect(await receive({ waMessageId: "wamid.only.there" })).toMatchObject({ stored: 1, duplicates: 0 }),
    "receive: a message that is known at both": async (_mine, { receive }) =>
      expect(await receive({ waMessageId: "wamid.asked" })).toMatchObject({ stored: 0, duplicates: 1 }),
    "receive: a stop": (_mine, { receive }) =>
      receive({ waMessageId: "wamid.stop", text: "stop" }, { opt: "stop" }),
    "receive: another name": (_mine, { receive }) =>
      receive({ waMessageId: "wamid.named", profileName: "Eva" }),
    "receive: a number's throughput": (mine, { besides }) => besides({ throughputs: { [mine.number]: 5 } }),
    "receive: a turn begun at once": (_mine, { receive }) =>
      receive(
        { from: "51900000003", fromUserId: null },
        {},
        { claim: { turnId: crypto.randomUUID(), leaseMs: 9_000 } },
      ),
    "receive: a report of what both sent": async (_mine, { report }) =>
      expect(await report({ waMessageId: "wamid.reply", status: "read" })).toMatchObject({
        statusesApplied: 1,
      }),
    "receive: a report that names the draft there": async (_mine, { report }) =>
      expect(await report({ waMessageId: "wamid.x", opaqueId: other.part })).toMatchObject({
        statusesApplied: 0,
      }),
    "receive: a report of a failure": (_mine, { report }) =>
      report({ waMessageId: "wamid.reply", status: "failed", metaCodes: [131047] }),
    "receive: a report that is early at both": (_mine, { report }) =>
      report({ waMessageId: "wamid.early", status: "read" }),
    "receive: an edit of what both were asked": (_mine, { receive }) =>
      receive({
        type: "edit",
        content: { original_message_id: "wamid.asked", message: { text: { body: "new words" } } },
      }),
    "receive: a revocation of what was only said there": (_mine, { receive }) =>
      receive({ type: "revoke", content: { original_message_id: "wamid.only.there" } }),
    "receive: an answer from the phone app": (mine, { besides }) => {
      const said = { type: "text", text: "ours", content: {}, timestampMs: now() };
      const to = { to: PERSON.from, toUserId: PERSON.fromUserId };
      return besides({
        operatorEchoes: [{ phoneNumberId: mine.number, waMessageId: "wamid.only.there", ...to, ...said }],
      });
    },
    "receive: a person's new phone": (mine, { besides }) => {
      const phone = { previous: "51900000001", current: "51900000077" };
      const userId = { previous: null, current: null };
      return besides({
        identityChanges: [{ phoneNumberId: mine.number, phone, userId, timestampMs: now() }],
      });
    },
    "receive: no marketing": (mine, { besides }) => {
      const setting = { category: "marketing_messages", value: "stop" as const, timestampMs: now() };
      return besides({ preferences: [{ phoneNumberId: mine.number, ...PERSON, ...setting }] });
    },
    "receive: a call": (mine, { besides }) =>
      besides({ calls: [{ phoneNumberId: mine.number, ...PERSON, timestampMs: now() }] }),
    "receive: a handover": (mine, { besides }) =>
      besides({ handovers: [{ phoneNumberId: mine.number, ...PERSON, ours: false, timestampMs: now() }] }),
    "receive: news of the account": (mine, { besides }) =>
      besides({ accountEvents: [{ ...news(mine.number), event: "OTHER" }] }),
    release: ({ claim }) => db.store.release(claim.turnId),
    recordNotice: ({ claim: { conversationId } }) =>
      db.store.recordNotice({ conversationId, text: "slow", waMessageId: "wamid.only.there" }),
    "claim: what was quoted there is not read": async (_mine, { receive }) => {
      const from = { from: "51900000004", fromUserId: null };
      const [id] = (await receive({ ...from, contextId: "wamid.only.there" })).conversationIds;
      expect((await db.claim(id ?? "")).pending).toMatchObject([{ quoted: null }]);
    },
    "draft: with a reading of a message there": async (_mine, { one }) => {
      const claim = await db.claim(await one({ from: "51900000005", fromUserId: null }));
      const messageId = (
        await db.sql<{ id: string }>`
        select id from messages where tenant_id = ${other.tenantId}::uuid and wa_message_id = 'wamid.open'`
      )[0]?.id;
      const toolCalls = [
        { name: "lookup", idempotencyKey: "same:key", input: {}, output: {}, ms: 1, failed: false },
      ];
      await db.draft(claim, {
        parts: [textPart("a")],
        exchanges: { ...EXCHANGES, prompts: { same: "Another prompt." } },
        readings: [{ messageId: messageId ?? "", text: "lie" }],
        toolCalls,
      });
    },
    "finish: with an id and an early report that both have": async ({ claim, part }) => {
      await db.finish(claim, [accepted(part, "wamid.early")]);
      expect(await db.sql`select state from messages where id = ${part}::uuid`).toEqual([
        { state: "delivered" },
      ]);
    },
    beginResend: async ({ claim, part }) =>
      expect((await db.store.beginResend(claim, [part], 30_000)).unconfirmed).toEqual([part]),
    redraft: async ({ claim, part }) => {
      const form = {
        message: { kind: "text", text: "Plainly" },
        text: "Plainly",
        quoteWaMessageId: null,
      } as const;
      expect(await db.store.redraft(claim, { id: part, ...form }, 30_000)).toMatchObject({ redrafted: true });
    },
    "receive: somebody who asked for silence at both": async (_mine, { receive }) =>
      expect((await receive(FORGOTTEN)).conversationIds).toEqual([]),
    "receive: an old message that was deleted at both": async (_mine, { receive }) => {
      const old = { timestampMs: now() - 9 * 86_400_000 };
      expect(await receive({ waMessageId: "wamid.stop", ...old })).toMatchObject({
        stored: 0,
        duplicates: 1,
      });
      expect(await receive({ waMessageId: "wamid.only.gone.there", ...old })).toMatchObject({ stored: 1 });
    },
    "begin, end: an act": async ({ claim, act }) => {
      const store = createActStore(db);
      const [asked] = claim.pending;
      const begin = {
        answer: "yes",
        messageId: asked?.id ?? "",
        needsApproval: false,
        leaseMs: 9_000,
      } as const;
      expect(await store.begin(claim, { ...begin, actId: other.act })).toMatchObject({ act: null });
      expect(await store.begin(claim, { ...begin, actId: act })).toMatchObject({ call: true });
      const end = { state: "executed", code: null, answer: {} } as const;
      expect(await store.end(claim, { ...end, actId: other.act })).toMatchObject({ act: null });
      expect(await store.end(claim, { ...end, actId: act })).toMatchObject({ act: { state: "executed" } });
    },
    "due, settle: a reminder whose appointment has the same name at both": async ({ claim, act }) => {
      const inAnHour = now() + 3_600_000;
      const keep = {
        key: "C-1",
        startsAtMs: inAnHour,
        dueAtMs: now() + 1_000,
        template: "t",
        languageCode: "es",
      };
      const reminder = { forget: null, keep: { ...keep, values: [] } };
      const begin = { actId: act, answer: "yes", messageId: claim.pending[0]?.id ?? null } as const;
      await createActStore(db).begin(claim, { ...begin, needsApproval: false, leaseMs: 9_000 });
      await createActStore(db).end(claim, {
        actId: act,
        state: "executed",
        code: null,
        answer: {},
        reminder,
      });
      await db.sql`update reminders set next_at = now() where conversation_id = ${claim.conversationId}::uuid`;
      const store = createReminderStore(db);
      // It is being answered.
      expect(await store.due(10)).toEqual({ due: [], missed: [] });
      const [kept] = await db.sql<{ id: string }>`
        select id from reminders where conversation_id = ${claim.conversationId}::uuid`;
      expect(await store.settle({ id: kept?.id ?? "", outcome: "failed", reason: "template_missing" })).toBe(
        "failed",
      );
    },
    checkBeforeSend: ({ claim }) => db.store.checkBeforeSend(claim, null),
    firstAlertToday: async ({ claim }) => {
      expect(await db.store.firstAlertToday(claim, "number:sound")).toBe(true);
      expect(await db.store.firstAlertToday(claim, "number:sound")).toBe(false);
    },
    firstAlert: async ({ number }) => {
      expect(await singleAlerts.firstAlert(db, number, "told")).toBe(false);
      expect(await singleAlerts.firstAlert(db, number, "new")).toBe(true);
    },
    unread: () => db.store.unread(50),
    nextUnreadMs: () => db.store.nextUnreadMs(),
    "search: of its own passages": async ({ tenantId, number }) =>
      expect(await createKnowledgeBase(db).search(tenantId, "opening hours", "en", 5)).toMatchObject([
        { text: `Open at ${number}` },
      ]),
    loadCompany: ({ number }) => companies.loadCompany(db, number, { ...company(number), knowledge: [] }),
    hasCompany: async ({ number }) => expect(await companies.hasCompany(db, number)).toBe(true),
    readCompany: async ({ number }) =>
      expect(await companies.readCompany(db, number)).toMatchObject({
        profile: { name: `Company ${number}` },
      }),
    readSecrets: async ({ number, tenantId }) =>
      expect(await companies.readSecrets(db, number)).toMatchObject({ tenantId, secrets: [{ name: "KEY" }] }),
    "keepSecret, resealSecret: one that both have": async ({ tenantId }) => {
      const [before, sealed] = [`${SEALED}B`, `${SEALED}C`];
      await companies.keepSecret(db, tenantId, { name: "KEY", sealed: before });
      const reseal = { name: "KEY", before, sealed };
      expect(await companies.resealSecret(db, tenantId, reseal)).toBe(true);
      expect(await companies.resealSecret(db, tenantId, reseal)).toBe(false);
    },
    removeSecret: async ({ tenantId }) => {
      expect(await companies.removeSecret(db, tenantId, "KEY")).toBe(true);
      expect(await companies.removeSecret(db, tenantId, "KEY")).toBe(false);
    },
    "claim: with its own secrets": async ({ tenantId }, { one }) => {
      await companies.keepSecret(db, tenantId, { name: "OWN", sealed: SEALED });
      const claim = await db.claim(await one({ from: "51900000007", fromUserId: null }));
      expect(Object.keys(claim.tenant.secrets ?? {}).sort()).toEqual(["KEY", "OWN"]);
    },
    "record: a file that both have": async ({ number, path }) =>
      expect(
        await createMediaFiles(db).record(
          { phoneNumberId: number, mediaId: "media.1" },
          "image/png",
          "kept/new",
        ),
      ).toBe(path),
    confirm: ({ path }) => createMediaFiles(db).confirm(path, 5),
    shorten: async ({ number }) => {
      await companies.loadCompany(db, number, company(number, 1));
      await createMediaFiles(db).shorten();
    },
    due: () => createMediaFiles(db).due(50),
    forget: ({ path }) => createMediaFiles(db).forget([path]),
    deadLetter: async ({ dead }) =>
      expect(await deadLetters.deadLetter(db, dead)).toMatchObject({
        inbound: [{ waMessageId: "wamid.dead" }],
      }),
    replayDead: async ({ dead }) =>
      expect(await deadLetters.replayDead(db, dead)).toEqual({ outcome: "replayed", messages: 1 }),
    dropDead: async ({ dead }) =>
      expect(await deadLetters.dropDead(db, dead)).toEqual({ outcome: "dropped", messages: 1 }),
    takeOver: ({ claim }) =>
      handoffs.takeOver(db, claim.conversationId, { reason: "agent", summary: "mine" }),
    handBack: ({ handedOver }) => handoffs.handBack(db, handedOver),
    "purge: of what is old here": async ({ tenantId }) => {
      await db.sql`update messages set created_at = created_at - interval '400 days' where tenant_id = ${tenantId}::uuid`;
      await db.sql`update exchanges set created_at = created_at - interval '400 days' where tenant_id = ${tenantId}::uuid`;
      await createRetention(db).purge(365, 1000);
    },
    read: async ({ tenantId }) => {
      const range = { fromMs: now() - 60_000, toMs: now() + 60_000, step: null, by: [], where: {} };
      expect(await createMetrics(db).read({ tenantId, metric: "health", ...range })).toMatchObject([
        { n: 1 },
      ]);
    },
    worstTurns: async ({ tenantId }) => {
      const range = { fromMs: now() - 60_000, toMs: now() + 60_000, where: {} };
      expect(await createMetrics(db).worstTurns({ tenantId, metric: "turns", ...range }, 10)).toEqual([]);
    },
    readEach: async ({ tenantId }) => {
      const range = { fromMs: now() - 60_000, toMs: now() + 60_000, step: null, by: [], where: {} };
      expect(await createMetrics(db).readEach([{ tenantId, metric: "health", ...range }])).toMatchObject([
        [{ n: 1 }],
      ]);
    },
    "record: a check": ({ tenantId }) => createMetrics(db).record([{ tenantId, ...CHECKED }]),
    tenants: async ({ tenantId, number }) =>
      expect(await createAlertStore(db).tenants([number])).toEqual([
        { tenantId, phoneNumberId: number, company: `Company ${number}` },
      ]),
    claimRun: async ({ tenantId }) => {
      const run = { name: "watch", everyMs: 60_000 };
      expect(await createAlertStore(db).claimRun(tenantId, run, now())).toBe(false);
      expect(await createAlertStore(db).claimRun(tenantId, run, now() + 61_000)).toBe(true);
    },
    agreement: async ({ tenantId }) => {
      const all = { fromMs: 0, toMs: now() + 60_000 };
      const { cells } = await createGuessReader(db).agreement(tenantId, all);
      const [own] = await db.sql<{ turns: number }>`
        select count(*)::int as turns from turns where tenant_id = ${tenantId}::uuid and guess is not null`;
      expect(own?.turns).toBeGreaterThan(0);
      expect(cells.reduce((sum, { turns }) => sum + turns, 0)).toBe(own?.turns);
    },
    learnable: async ({ tenantId }) =>
      expect(
        (await createGuessReader(db).learnable(tenantId, { fromMs: 0, most: 9 })).length,
      ).toBeLessThanOrEqual(1),
    "record: what the model said of a guess": async ({ tenantId, claim }) => {
      const used = { inputTokens: 7, cachedTokens: 0, outputTokens: 3, costUsd: 0.001, models: [] };
      const model = { intent: "general", confidence: 0.9 };
      await createComparisonStore(db).record({
        turnId: claim.turnId,
        model,
        used,
        usd: 0.001,
        exchanges: null,
      });
      const [day] = await db.sql<{ usd: number }>`
        select sum(usd)::float8 as usd from usage where tenant_id = ${tenantId}::uuid`;
      expect(day?.usd).toBeGreaterThanOrEqual(0.001);
    },
    standing: async ({ tenantId }) =>
      expect(await createAlertStore(db).standing(tenantId, false)).toMatchObject({ dead: 1 }),
    update: ({ tenantId }) =>
      createAlertStore(db).update(tenantId, { found: [{ ...FOUND, stage: 2 }], checked: [""] }, now()),
    "takeTellings, endTelling: of what both have": async ({ tenantId }) => {
      const store = createAlertStore(db);
      const tellings = await store.takeTellings(tenantId, now());
      expect(tellings).toMatchObject([{ kind: "opened", name: "dead" }]);
      for (const telling of tellings) await store.endTelling(tenantId, { telling, delivered: true }, now());
    },
    "endTelling: of an alert there": async ({ tenantId }) => {
      const store = createAlertStore(db);
      const [alert] = (await store.list(other.tenantId, now())).open;
      const telling = {
        ...FOUND,
        id: alert?.id ?? "",
        kind: "opened" as const,
        openedMs: 0,
        recoveredMs: null,
      };
      await store.endTelling(tenantId, { telling, delivered: true }, now());
    },
    list: async ({ tenantId }) =>
      expect(await createAlertStore(db).list(tenantId, now())).toMatchObject({ open: [{ name: "dead" }] }),
    "delete_customers: with what they chose": async ({ tenantId }) => {
      await db.sql`update customers set opted_out_at = now() where tenant_id = ${tenantId}::uuid`;
      await db.sql`select delete_customers(array(select id from customers where tenant_id = ${tenantId}::uuid))`;
    },
  };
  /** Statements over all numbers, for maintainers and jobs. */
  const overAll = [
    ...["deadLetters", "endSilences", "endWaits", "openHandoffs", "readCounters", "readStanding"],
    ...["freshMs", "step", "rebuild", "totals"],
  ];

  test.each(everyThird(Object.keys(calls)))("%s", async (name) => {
    const mine = await createTwin(db, `number ${++numbers}`);
    const before = await rowsOf(db, other.tenantId);
    await calls[name]?.(mine, callsOf(db, mine.number));
    expect(await rowsOf(db, other.tenantId)).toEqual(before);
  });

  test("no call of db/ is left out", () => {
    const made = [
      ...[createStore, createKnowledgeBase, createMediaFiles, createRetention],
      ...[createMetrics, createRollUp, createAlertStore, createTotalsReader, createActStore],
      ...[createReminderStore],
    ].flatMap((create) => Object.keys(create(db)));
    const exported = [companies, counters, deadLetters, handoffs, singleAlerts].flatMap((module) =>
      Object.entries(module).flatMap(([name, value]) => (typeof value === "function" ? [name] : [])),
    );
    const walked = new Set([
      ...Object.keys(calls).flatMap((name) => name.split(":")[0]?.split(", ") ?? []),
      ...overAll,
    ]);
    expect([...made, ...exported].filter((name) => !walked.has(name))).toEqual([]);
  });

  test("every table names its company, but for what hangs on a turn or a conversation, is a person's own, or of the database itself", async () => {
    const tables = await db.sql<{ name: string }>`
      select table_name as name from information_schema.tables t where table_schema = 'public' and table_type = 'BASE TABLE'
        and not exists (select from information_schema.columns c where c.table_name = t.table_name and c.column_name = 'tenant_id')
        order by 1`;
    expect(tables.map(({ name }) => name)).toEqual([
      "conversation_reads",
      "hash_key",
      "message_words",
      "messages_to_index",
      "metric_passes",
      "operators",
      "schema_functions",
      "schema_migrations",
      "search_progress",
      "sessions",
      "tenants",
      "tool_calls",
    ]);
    const rows = await rowsOf(db, other.tenantId);
    // What operators keep: tests/console walks its statements and routes.
    const empty = Object.keys(rows).filter(
      (table) => rows[table]?.length === 0 && !OF_OPERATORS.includes(table),
    );
    expect(empty).toEqual([]);
  });
});
