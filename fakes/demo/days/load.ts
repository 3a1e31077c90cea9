import type { Database } from "../../../db/client.ts";
import { type DayPerson, type DayTurn, peopleOf } from "./days.ts";

/** Stores some weeks of everyday conversations of a number, marked as a demonstration: what its figures are made of. */
export async function loadDemoDays(database: Database, phoneNumberId: string, nowMs: number): Promise<void> {
  const [tenant] = await database.sql<{ id: string }>`
    select id from tenants where phone_number_id = ${phoneNumberId}`;
  if (!tenant) return;
  const people = peopleOf(nowMs);
  await insertPeople(database, tenant.id, people);
  const turns = people.flatMap(({ turns, conversationId }) =>
    turns.map((turn) => ({ ...turn, conversationId })),
  );
  // A statement each of some hundred rows, so that nobody waits long for the embedded database.
  for (let at = 0; at < turns.length; at += 200) {
    const some = JSON.stringify(turns.slice(at, at + 200));
    await insertTurns(database, tenant.id, some);
    await insertMessages(database, tenant.id, some);
  }
  await insertHandoffs(database, tenant.id, turns);
  await insertAlerts(database, tenant.id, nowMs);
}

/** An alert that stays open for a day and one that is over, both told already. Their names end in `:demo`, so that they go with the demonstration. */
async function insertAlerts({ sql }: Database, tenantId: string, nowMs: number): Promise<void> {
  await sql`
    insert into alerts (tenant_id, name, rule, severity, stage, facts, hold, keep, opened_at, seen_at, recovered_at, told_at, told_stage, recovery_told_at)
      select ${tenantId}::uuid, name, rule, severity, 1, facts, '0', '1 day', opened, coalesce(ended, clock_timestamp()), ended, opened, 1, ended
        from (values
          ('account:demo', 'account', 'ticket', '{"field": "message_template_quality_update", "event": "YELLOW", "about": "pedido_en_camino"}'::jsonb,
           to_timestamp(${nowMs}::float8 / 1000) - interval '3 hours', null::timestamptz),
          ('burn:wait:page:demo', 'burn', 'page',
           '{"objective": "wait", "factor": 14, "window": "1h", "missed": 38, "all": 46, "burn": 16.5}',
           to_timestamp(${nowMs}::float8 / 1000) - interval '50 hours', to_timestamp(${nowMs}::float8 / 1000) - interval '49 hours')
        ) a (name, rule, severity, facts, opened, ended)`;
}

type Placed = DayTurn & { conversationId: string };

async function insertPeople(
  { sql }: Database,
  tenantId: string,
  people: readonly DayPerson[],
): Promise<void> {
  const rows = JSON.stringify(
    people.map(({ turns, ...person }) => ({
      ...person,
      firstMs: turns[0]?.askedMs,
      lastMs: turns.at(-1)?.askedMs,
    })),
  );
  await sql`
    with x as (
      select * from jsonb_to_recordset(${rows}::jsonb) as x("customerId" uuid, "conversationId" uuid, name text, phone text, language text,
        "firstMs" float8, "lastMs" float8, score int)),
    customer as (
      insert into customers (id, tenant_id, phone, name, language, demo, created_at)
        select "customerId", ${tenantId}::uuid, phone, name, language, true, to_timestamp("firstMs" / 1000) from x returning id),
    conversation as (
      insert into conversations (id, tenant_id, customer_id, window_ends_at, received_seq, answered_seq, rated_seq, epoch, created_at, last_at, closed_at)
        select "conversationId", ${tenantId}::uuid, "customerId", to_timestamp("lastMs" / 1000) + interval '24 hours', 1, 1, 1, 1,
               to_timestamp("firstMs" / 1000), to_timestamp("lastMs" / 1000), to_timestamp("lastMs" / 1000) + interval '1 hour'
          from x where (select count(*) from customer) > 0 returning id)
    insert into csat (tenant_id, conversation_id, customer_id, served_by, intent, cause, score, created_at, answered_at)
      select ${tenantId}::uuid, "conversationId", "customerId", 'bot', 'product_question', 'silent', score,
             to_timestamp("lastMs" / 1000) + interval '30 minutes', to_timestamp("lastMs" / 1000) + interval '33 minutes'
        from x where score is not null and (select count(*) from conversation) > 0`;
}

async function insertTurns({ sql }: Database, tenantId: string, turns: string): Promise<void> {
  await sql`
    with x as (
      select * from jsonb_to_recordset(${turns}::jsonb) as x(id uuid, "conversationId" uuid, exchange jsonb, language text, "askedMs" float8,
        "waitMs" float8, rung text, state text, errors jsonb, "decidedBy" text, "replyModel" text, "inputTokens" int, "outputTokens" int,
        "costUsd" numeric, models jsonb, "stagesMs" jsonb)),
    turn as (
      insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, confidence, decided_by, language, intent_model,
                         reply_model, input_tokens, output_tokens, cost_usd, models, stages_ms, rung, errors, started_at, ended_at)
        select id, ${tenantId}::uuid, "conversationId", 1, 1, case state when 'dead' then 'dropped' else state end, exchange ->> 'intent', 0.95, "decidedBy", language,
               case "decidedBy" when 'model' then 'gpt-4o-mini' end, "replyModel", "inputTokens", "outputTokens", "costUsd", models, "stagesMs", rung, errors,
               to_timestamp("askedMs" / 1000), to_timestamp(("askedMs" + "waitMs" + 40) / 1000) from x returning id)
    insert into tool_calls (turn_id, idempotency_key, name, input, output, ms, failed, created_at)
      select id, 'demo', 'lookup', (exchange -> 'tool') - 'finds', case when (exchange -> 'tool' ->> 'finds')::boolean then '{"passages": []}'::jsonb
             else '{"error": "nothing found"}' end, 20 + round("waitMs" / 20), false, to_timestamp("askedMs" / 1000)
        from x where exchange ? 'tool' and (select count(*) from turn) > 0`;
}

async function insertMessages({ sql }: Database, tenantId: string, turns: string): Promise<void> {
  await sql`
    with x as (
      select * from jsonb_to_recordset(${turns}::jsonb) as x(id uuid, "inId" uuid, "outIds" jsonb, "conversationId" uuid, exchange jsonb,
        "askedMs" float8, "waitMs" float8, state text, "sentState" text, "metaCodes" jsonb)),
    asked as (
      insert into messages (id, tenant_id, conversation_id, direction, author, wa_message_id, seq, state, type, text, turn_id, sent_at, created_at, updated_at)
        select "inId", ${tenantId}::uuid, "conversationId", 'in', 'customer', 'wamid.demo.' || "inId", 1, case state when 'dead' then 'dropped' else 'received' end,
               'text', exchange ->> 'asks', id, to_timestamp("askedMs" / 1000 - 1), to_timestamp("askedMs" / 1000), to_timestamp("askedMs" / 1000) from x)
    insert into messages (id, tenant_id, conversation_id, direction, author, wa_message_id, state, type, text, turn_id, sends, meta_codes, pricing,
                          sent_at, created_at, updated_at)
      select o.id::uuid, ${tenantId}::uuid, "conversationId", 'out', 'bot', 'wamid.demo.' || o.id, "sentState", 'text',
             case o.place when 1 then exchange ->> 'answers' else '🙂' end, x.id, 1, "metaCodes",
             case when "sentState" <> 'failed' then '{"billable": true, "pricing_model": "PMP", "type": "regular", "category": "service"}'::jsonb end, o.at, o.at, o.at
        from x, lateral (select id, place, to_timestamp(("askedMs" + "waitMs") / 1000) + place * interval '1 millisecond' as at
                           from jsonb_array_elements_text("outIds") with ordinality as i(id, place)) o
        where state <> 'dead'`;
}

/** Handoffs that a colleague took after a while, answered and gave back. */
async function insertHandoffs({ sql }: Database, tenantId: string, turns: readonly Placed[]): Promise<void> {
  const last = new Map(
    turns.filter(({ takenMs }) => takenMs !== null).map((turn) => [turn.conversationId, turn]),
  );
  const rows = JSON.stringify(
    [...last.values()].map(({ conversationId, askedMs, takenMs, language, exchange }) => ({
      conversationId,
      openedMs: askedMs + 2_000,
      takenMs: askedMs + 2_000 + (takenMs ?? 0),
      reason: exchange.intent === "complaint" ? "complaint" : "customer_request",
      says: { es: "Hola, ya lo reviso contigo.", en: "Hello, I am on it.", pt: "Oi, já vou ver isso." }[
        language
      ],
    })),
  );
  await sql`
    with x as (
      select * from jsonb_to_recordset(${rows}::jsonb) as x("conversationId" uuid, "openedMs" float8, "takenMs" float8, reason text, says text)),
    opened as (
      insert into handoffs (tenant_id, conversation_id, reason, summary, opened_at, notified_at, due_at, taken_at, handed_back_at)
        select ${tenantId}::uuid, "conversationId", reason, says, to_timestamp("openedMs" / 1000), to_timestamp("openedMs" / 1000), '2100-01-01',
               to_timestamp("takenMs" / 1000), to_timestamp("takenMs" / 1000) + interval '10 minutes' from x)
    insert into messages (tenant_id, conversation_id, direction, author, wa_message_id, state, type, text, sends, sent_at, created_at, updated_at)
      select ${tenantId}::uuid, "conversationId", 'out', 'operator', 'wamid.demo.' || gen_random_uuid(), 'read', 'text', says, 1, a.at, a.at, a.at
        from x, lateral (select to_timestamp("takenMs" / 1000) + interval '20 seconds' as at) a`;
}
