import type { Client } from "pg";

/** Messages of a conversation: three of the customer, two answered in turns. */
const EACH = 5;
const DAYS = 90;
const TABLES = ["customers", "conversations", "turns", "messages"];

/** Stores so many messages of as many customers as that takes, over ninety days, made by the server itself. */
export async function fill(client: Client, phoneNumberId: string, messages: number): Promise<void> {
  const conversations = Math.ceil(messages / EACH);
  const { rows } = await client.query<{ id: string }>(
    "insert into tenants (phone_number_id) values ($1) returning id",
    [phoneNumberId],
  );
  const ofTenant = [rows[0]?.id, conversations];
  await withoutIndexes(client, async () => {
    await client.query(
      `insert into customers (id, tenant_id, phone, name, created_at)
         select md5('u' || i)::uuid, $1, '51' || (900000000 + i), 'Ana', now() - make_interval(days => ${DAYS}) from generate_series(0, $2::int - 1) i`,
      ofTenant,
    );
    await client.query(
      `insert into conversations (id, tenant_id, customer_id, received_seq, answered_seq, window_ends_at, last_at, changed_minute)
         select md5('c' || i)::uuid, $1, md5('u' || i)::uuid, 3, 3, at + interval '1 day', at, date_trunc('minute', at)
           from generate_series(0, $2::int - 1) i, lateral (select ${timeOf("i")} as at) t`,
      ofTenant,
    );
    await client.query(
      `insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, confidence, decided_by, language, reply_model,
                          input_tokens, output_tokens, cost_usd, stages_ms, rung, started_at, ended_at)
         select md5('t' || i || ' ' || k)::uuid, $1, md5('c' || i)::uuid, k, k, 'answered', 'greeting', 0.95, 'local', 'es', 'gpt-4o',
                1500, 60, 0.004, '{"ack": 9, "respond": 1200, "wait": 1600}', 'full', at, at + interval '2 seconds'
           from generate_series(0, $2::int - 1) i, generate_series(1, 2) k, lateral (select ${timeOf("i")} + k * interval '1 minute' as at) t`,
      ofTenant,
    );
    await client.query(
      `insert into messages (tenant_id, conversation_id, direction, author, wa_message_id, seq, state, type, text, turn_id, sent_at, created_at)
         select $1, md5('c' || i)::uuid, case when mine then 'in' else 'out' end, case when mine then 'customer' else 'bot' end, 'wamid.' || i || ' ' || k,
                case when mine then (k + 1) / 2 end, case when mine then 'received' else 'read' end, 'text', '¿Tienen el modelo en azul, talla 38?',
                case when not mine then md5('t' || i || ' ' || k / 2)::uuid end, at, at
           from generate_series(0, $2::int - 1) i, generate_series(1, ${EACH}) k,
                lateral (select k % 2 = 1 as mine, ${timeOf("i")} + k * interval '30 seconds' as at) t`,
      ofTenant,
    );
  });
  await client.query(`vacuum analyze ${TABLES.join(", ")}`);
}

/** Any time of the ninety days up to an hour ago, always the same for a number. */
const timeOf = (number: string): string =>
  `now() - interval '1 hour' - abs(hashint4(${number})::bigint) % 86400000 * interval '1 second' * ${DAYS} / 1000`;

/** Runs `work` without foreign keys, triggers and indexes, which would take most of the time, and makes the indexes after it. */
async function withoutIndexes(client: Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
       where i.indrelid = any ($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [TABLES],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  for (const table of TABLES) await client.query(`alter table ${table} disable trigger all`);
  await work();
  for (const table of TABLES) await client.query(`alter table ${table} enable trigger all`);
  for (const { definition } of rows) await client.query(definition);
}
