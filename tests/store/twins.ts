import { createAlertStore } from "../../db/alerts.ts";
import type { Database } from "../../db/client.ts";
import { keepSecret, loadCompany } from "../../db/company.ts";
import { takeOver } from "../../db/handoffs.ts";
import { createMediaFiles } from "../../db/media-files.ts";
import { createMetrics } from "../../db/metrics.ts";
import { firstAlert } from "../../db/single-alerts.ts";
import type { Finding } from "../../lib/types/alerts.ts";
import type { AccountEvent, InboundMessage } from "../../lib/types/inbound.ts";
import type { ReceiveBatch } from "../../lib/types/inbox-store.ts";
import type { ProposedAct } from "../../lib/types/turn/acts.ts";
import type { KeptExchanges } from "../../lib/types/turn/exchanges.ts";
import type { Claim } from "../../lib/types/turn-store.ts";
import { accepted, inbound, inShort, status, textPart } from "./support.ts";

/** A customer of every number, with the same phone and user id. */
export const PERSON = { from: "51987654321", fromUserId: "PE.1" };
/** A customer who wrote to every number, opted out and was deleted. */
export const FORGOTTEN = { from: "51900000006", fromUserId: null };
const SECONDS_AGO = (seconds: number) => Date.now() - seconds * 1000;

/** A business number, of which every name that Meta gives is the same as at any other. */
export interface Twin {
  number: string;
  tenantId: string;
  /** Of `PERSON`: drafted, and still held. */
  claim: Claim;
  /** The part of that draft. */
  part: string;
  /** The act that the draft asks about. */
  act: string;
  dead: string;
  /** A conversation that a person has. */
  handedOver: string;
  /** Path of its archived file. */
  path: string;
}

/** The same news of the account at every number. */
export const news = (number: string): AccountEvent => ({
  phoneNumberId: number,
  accountId: null,
  field: "account_update",
  event: "ACCOUNT_VIOLATION",
  severity: "critical",
  detail: {},
  timestampMs: 1_790_000_000_000,
  givenTimeMs: 1_790_000_000_000,
});

/** The same call of a model at every number. */
export const EXCHANGES: KeptExchanges = {
  prompts: { same: "You sort messages." },
  calls: [
    {
      ...{ of: "intent", rung: null, model: "small", prompt: "same", localTime: null, continues: false },
      ...{ sent: [{ role: "user", text: "hi" }], said: [], tools: [], error: null },
      ...{ inputTokens: 1, outputTokens: 1, ms: 1 },
    },
  ],
};

/** The same act, but for its id, of every number. */
const ACT: Omit<ProposedAct, "id"> = {
  declared: {
    ...{ name: "book", description: "Books.", input: { type: "object" } },
    via: { kind: "http", method: "POST", url: "https://example.com" },
    effect: { ask: { en: "Book?" }, done: { en: "Booked." } },
  },
  ...{ input: {}, question: "Book?", language: "en", minutes: 10, idempotencyKey: "same:act" },
};

/** The same secret of every number. */
export const SEALED = `v1.0123456789abcdef.${"A".repeat(38)}`;

/** The same check of a dependency at every number. */
export const CHECKED = { metric: "health", labels: { name: "cache", result: "ok" }, ms: 3 } as const;

/** The same alert of every number. */
export const FOUND: Finding = {
  ...{ name: "dead", rule: "dead", severity: "ticket", stage: 1, facts: { count: 1 } },
  ...{ holdMs: 0, keepMs: 0, sinceMs: null, told: false },
};

/** The profile and the one passage of a number's company. */
export const company = (number: string, mediaDays = 30) => ({
  profile: {
    ...{ name: `Company ${number}`, about: "", tone: "", hours: "", timeZone: "UTC", contact: "" },
    language: "en" as const,
    mediaDays,
  },
  knowledge: [
    {
      slug: "hours",
      language: "en" as const,
      title: "Opening hours",
      body: `Open at ${number}`,
      keywords: "",
    },
  ],
});

/** The calls of one number. */
export function callsOf(database: Database, number: string) {
  const db = inShort(database);
  const besides = (batch: Partial<ReceiveBatch>) =>
    db.receive([], [], {}, { phoneNumberIds: [number], ...batch });
  const message = (over: Partial<InboundMessage>) =>
    inbound({ phoneNumberId: number, timestampMs: SECONDS_AGO(60), ...PERSON, ...over });
  const receive = (
    over: Partial<InboundMessage>,
    how: Partial<ReceiveBatch["messages"][number]> = {},
    batch: Partial<ReceiveBatch> = {},
  ) => db.receive([message(over)], [], how, { phoneNumberIds: [number], ...batch });
  const report = (over: Parameters<typeof status>[0]) =>
    db.receive([], [status({ phoneNumberId: number, ...over })], {}, { phoneNumberIds: [number] });
  const one = async (over: Partial<InboundMessage>) => {
    const [id] = (await receive(over)).conversationIds;
    if (!id) throw new Error("no conversation is unread");
    return id;
  };
  return { db, besides, receive, report, one };
}

/** A number with something in every table. */
export async function createTwin(database: Database, number: string): Promise<Twin> {
  const { db, besides, receive, report, one } = callsOf(database, number);
  await loadCompany(database, number, company(number));
  const first = await db.claim(await one({ waMessageId: "wamid.asked" }));
  const reply = textPart("reply");
  const idempotencyKey = "same:key";
  const toolCall = { name: "lookup", idempotencyKey, input: {}, output: {}, ms: 1, failed: false };
  const [asked] = first.pending;
  await db.draft(first, {
    parts: [reply],
    toolCalls: [toolCall],
    exchanges: EXCHANGES,
    readings: [{ messageId: asked?.id ?? "", text: "heard" }],
  });
  await db.finish(first, [accepted(reply.id, "wamid.reply")]);
  await report({ waMessageId: "wamid.early" });
  const dead = await db.claim(
    await one({ waMessageId: "wamid.dead", from: "51900000001", fromUserId: null }),
  );
  await db.finish(dead, [], "dead");
  const handedOver = await one({ waMessageId: "wamid.human", from: "51900000002", fromUserId: null });
  await takeOver(database, handedOver, { reason: "agent", summary: `of ${number}` });
  await besides({ accountEvents: [news(number)] });
  await receive({ waMessageId: "wamid.dead", from: "51900000001", fromUserId: null });
  await receive({ waMessageId: "wamid.stop", ...FORGOTTEN }, { opt: "stop" });
  await database.sql`select delete_customers(array(select u.id from customers u join tenants t on t.id = u.tenant_id
    where t.phone_number_id = ${number} and phone = ${FORGOTTEN.from}))`;
  await besides({ throughputs: { [number]: 80 } });
  await receive({ from: null, fromUserId: "PE.2" });
  const claim = await db.claim(await one({ waMessageId: "wamid.open" }));
  const part = textPart("later");
  const act = crypto.randomUUID();
  await db.draft(claim, { parts: [part], act: { ...ACT, id: act, messageId: part.id } });
  await database.sql`
    insert into reminders (tenant_id, conversation_id, act_id, key, starts_at, due_at, late_at, next_at, template, language_code, template_values)
      select ${claim.tenant.id}::uuid, ${claim.conversationId}::uuid, ${act}::uuid, 'C-1', t, t, t, t, 'reminder', 'es', '[]'
        from (select now() + interval '1 hour' as t) soon`;
  await db.store.firstAlertToday(claim, "number:spent");
  await firstAlert(database, number, "told");
  await keepSecret(database, claim.tenant.id, { name: "KEY", sealed: SEALED });
  // Put aside, because a reply to this person is on its way.
  const userId = { previous: PERSON.fromUserId, current: "PE.2" };
  const phone = { previous: null, current: null };
  await besides({ identityChanges: [{ phoneNumberId: number, phone, userId, timestampMs: Date.now() }] });
  await createMetrics(database).record([{ tenantId: claim.tenant.id, ...CHECKED }]);
  // A day long ago, which the purge leaves and totals have.
  await database.sql`
    insert into metric_counters (tenant_id, metric, grain, at, labels, source, buckets, counts)
      values (${claim.tenant.id}::uuid, 'turns', 'day', '2020-01-01Z', '{}', 'turns', '{0}', '{1}')`;
  const alerts = createAlertStore(database);
  await alerts.claimRun(claim.tenant.id, { name: "watch", everyMs: 60_000 }, Date.now());
  await alerts.update(claim.tenant.id, { found: [FOUND], checked: [] }, Date.now());
  const path = `kept/${number}`;
  await createMediaFiles(database).record({ phoneNumberId: number, mediaId: "media.1" }, "audio/ogg", path);
  return {
    number,
    tenantId: claim.tenant.id,
    claim,
    part: part.id,
    act,
    dead: dead.turnId,
    handedOver,
    path,
  };
}

/** Every row of a company, in every table that names one, and what hangs on these. */
export async function rowsOf(database: Database, tenantId: string): Promise<Record<string, unknown[]>> {
  const [row] = await database.sql<{ rows: Record<string, unknown[]> }>`
    select rows_of(${tenantId}::uuid) as rows`;
  return row?.rows ?? {};
}

/** Query of `rowsOf`. */
export const createRowsOf = (database: Database) => database.sql`
  create or replace function rows_of(p_tenant uuid) returns jsonb language plpgsql as $body$
  declare
    name text; rows jsonb;
    answer jsonb := jsonb_build_object(
      'tenants', (select jsonb_agg(to_jsonb(t)) from tenants t where id = p_tenant),
      'tool_calls', (select jsonb_agg(to_jsonb(c) order by c.id) from tool_calls c join turns t on t.id = c.turn_id where t.tenant_id = p_tenant));
  begin
    for name in select table_name from information_schema.columns
                  where table_schema = 'public' and column_name = 'tenant_id' loop
      execute format('select coalesce(jsonb_agg(to_jsonb(x) order by to_jsonb(x)::text), ''[]'') from %I x where tenant_id = %L',
                     name, p_tenant) into rows;
      answer := answer || jsonb_build_object(name, rows);
    end loop;
    return answer;
  end $body$`;
