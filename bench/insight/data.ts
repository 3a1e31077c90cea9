import type { Client } from "pg";

/** How much data, and over how many days. */
export interface Size {
  turns: number;
  days: number;
}

/** Copies the counters of yesterday, the last whole day, to the days before it, so that there are so many days of its traffic. */
export async function repeatYesterday(client: Client, days: number): Promise<void> {
  await client.query(
    "delete from metric_counters where grain <> 'minute' and at < date_trunc('day', now(), 'UTC') - interval '1 day'",
  );
  await client.query(
    `insert into metric_counters (tenant_id, metric, grain, at, labels, source, buckets, counts)
       select tenant_id, metric, grain, at - make_interval(days => d), labels, source, buckets, counts
         from metric_counters, generate_series(1, $1::int - 1) d
         where grain <> 'minute' and at >= date_trunc('day', now(), 'UTC') - interval '1 day' and at < date_trunc('day', now(), 'UTC')`,
    [days],
  );
}

/** Turns of a conversation, a minute apart. */
const TURNS = 5;
/** After so many days a customer comes again. */
const PAUSE_DAYS = 9;

/**
 * Stores a company with this many turns, each with its question and its answer, made by the server itself; what was there is gone. Words
 * are not searched here: their index goes, since filling it takes longer than all the rest.
 */
export async function fill(client: Client, tenantId: string, { turns, days }: Size): Promise<void> {
  const customers = Math.ceil(turns / TURNS / Math.max(1, Math.floor(days / PAUSE_DAYS)));
  await client.query(
    "truncate messages, turns, conversations, customers, metric_counters, metric_passes cascade",
  );
  for (const table of ["messages", "turns"]) await client.query(`alter table ${table} disable trigger all`);
  await client.query("drop index if exists messages_search");
  await client.query(
    `insert into customers (id, tenant_id, phone, created_at)
       select md5('u' || i)::uuid, $1, '51' || (900000000 + i), now() - make_interval(secs => $3::float8 * 86400) from generate_series(0, $2::int - 1) i`,
    [tenantId, customers, days],
  );
  await client.query(
    `insert into conversations (id, tenant_id, customer_id) select md5('c' || i)::uuid, $1, md5('u' || i)::uuid from generate_series(0, $2::int - 1) i`,
    [tenantId, customers],
  );
  await client.query(
    `insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, confidence, decided_by, language, intent_model, reply_model,
                        input_tokens, output_tokens, cost_usd, models, stages_ms, rung, errors, started_at, ended_at)
       select md5('t' || i)::uuid, $1, md5('c' || i / ${TURNS} % $4::int)::uuid, 1, 1, case when r[1] < 0.003 then 'dead' else 'answered' end,
              (array['order_status', 'product_question', 'complaint', 'greeting', 'thanks_goodbye', 'general', 'hours', 'returns', 'payment', 'human_handoff'])[1 + floor(r[2] * r[2] * 10)],
              0.95, case when r[3] < 0.4 then 'local' else 'model' end, (array['es', 'es', 'es', 'en', 'pt'])[1 + floor(r[4] * 5)], 'gpt-4o-mini',
              case when r[5] < 0.6 then 'gpt-6-luna' else 'gpt-4o' end, 1000 + floor(r[6] * 1000), 40 + floor(r[7] * 80), 0.0002 + r[8] * 0.004,
              jsonb_build_array(
                jsonb_build_object('model', 'gpt-4o-mini', 'inputTokens', 500, 'cachedTokens', 0, 'outputTokens', 30, 'costUsd', 0.0001),
                jsonb_build_object('model', case when r[5] < 0.6 then 'gpt-6-luna' else 'gpt-4o' end, 'inputTokens', 500 + floor(r[6] * 1000),
                  'cachedTokens', 0, 'outputTokens', 10 + floor(r[7] * 80), 'costUsd', round((0.0001 + r[8] * 0.004)::numeric, 8))),
              jsonb_build_object('verify', round((0.2 + r[1])::numeric, 1), 'parse', round((0.2 + r[2])::numeric, 1), 'admit', round((1 + r[3] * 4)::numeric, 1),
                'receive', round((4 + r[4] * 20)::numeric, 1), 'ack', round((8 + r[5] * 30)::numeric, 1), 'classify', round((20 + 400 * r[6] ^ 3)::numeric, 1),
                'respond', round((400 + 1500 * r[7] ^ 3)::numeric, 1), 'draft', round((4 + r[8] * 20)::numeric, 1),
                'send', round((80 + r[1] * 200)::numeric, 1), 'wait', round((600 + 1500 * r[7] ^ 3 + 400 * r[6] ^ 3)::numeric, 1), 'finish', round((4 + r[2] * 9)::numeric, 1)),
              case when r[9] < 0.97 then 'full' when r[9] < 0.99 then 'no_classification' else 'fallback_model' end,
              case when r[9] < 0.97 then '[]' else '["respond:timeout"]'::jsonb end, at, at + interval '1.5 seconds'
         from (select i, now() - make_interval(secs => $3::float8 * 86400) * (($2::int - i / ${TURNS} * ${TURNS})::float8 / $2::int)
                      + make_interval(mins => i % ${TURNS} - ${TURNS}) as at,
                      array[random(), random(), random(), random(), random(), random(), random(), random(), random()] as r
                 from generate_series(1, $2::int) i) x`,
    [tenantId, turns, days, customers],
  );
  await client.query(
    `insert into messages (tenant_id, conversation_id, direction, author, wa_message_id, seq, state, type, text, turn_id, pricing, sent_at, created_at)
       select tenant_id, conversation_id, d.direction, d.author, 'wamid.' || d.direction || id, d.seq, d.state, 'text', 'words', id, d.pricing,
              started_at + d.after, started_at + d.after
         from turns, (values ('in', 'customer', 1, 'received', interval '-0.1 seconds', null::jsonb),
                             ('out', 'bot', null, 'read', interval '1 second', '{"billable": true, "type": "regular", "category": "service"}')) d (direction, author, seq, state, after, pricing)`,
  );
  for (const table of ["messages", "turns"]) await client.query(`alter table ${table} enable trigger all`);
  await client.query("vacuum analyze messages, turns, conversations, customers");
}
