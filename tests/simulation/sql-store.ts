import pg from "pg";
import { readSchemaFiles, type SqlFile } from "../../db/migrate/files.ts";
import { migrate } from "../../db/migrate/migrate.ts";
import { createStore } from "../../db/store.ts";
import { createDatabaseFor } from "../support/postgres.ts";

/** One act of an operator; `pressId` is of what they write. */
export interface OperatorAct {
  what: "take" | "give back" | "write";
  operator: string;
  pressId: string;
}

/** Operators of the console. */
export const OPERATORS = ["a0000000-0000-4000-8000-00000000000a", "b0000000-0000-4000-8000-00000000000b"];

/** The statements of `db/` on a real PostgreSQL, word for word but for the clock, which is ours. */
export async function openSqlStore() {
  const database = await createDatabaseFor("simulation", "blank");
  const client = new pg.Client({ connectionString: database.serverUrl ?? "" });
  await client.connect();
  await client.query(CLOCK);
  const { migrations, functions } = await readSchemaFiles();
  const timed = (files: SqlFile[]) => files.map((file) => ({ ...file, sql: withOurClock(file.sql) }));
  const connection = { query: client.query.bind(client), exec: client.query.bind(client) };
  await migrate(connection, { migrations: timed(migrations), functions: timed(functions) });
  const sql = async <Row>(
    strings: TemplateStringsArray,
    ...values: (string | number | boolean | null)[]
  ): Promise<Row[]> => {
    const text = strings.reduce((before, after, index) => `${before}$${index}${after}`);
    return (await client.query(withOurClock(text), values)).rows;
  };
  await client.query(
    "insert into operators (id, email, name) select id, id || '@example.com', 'x' from unnest($1::uuid[]) id",
    [OPERATORS],
  );
  return {
    store: createStore({ sql }),
    async setNow(nowMs: number) {
      await sql`select set_config('simulation.now_ms', ${String(nowMs)}, false)`;
    },
    takeOver: (id: string, reason: string, summary: string) =>
      sql`select take_over(${id}::uuid, ${reason}, ${summary})`,
    handBack: (id: string) => sql`select hand_back(${id}::uuid)`,
    /** What an operator does in the console: by the outcome. */
    async operatorActs(id: string, act: OperatorAct) {
      const [row] = await sql<{ outcome: string }>`
        select coalesce(case when done ->> 'repeated' = 'true' then 'repeated' end, done ->> 'outcome') as outcome from (
          select case ${act.what}
            when 'take' then take_conversation(tenant_id, ${act.operator}::uuid, id, null)
            when 'give back' then give_back_conversation(tenant_id, ${act.operator}::uuid, id, null)
            else send_as_operator(jsonb_build_object('tenantId', tenant_id, 'conversationId', id, 'operatorId', ${act.operator}::text,
              'id', ${act.pressId}::text, 'text', 'from a person', 'message', jsonb_build_object('kind', 'text', 'text', 'from a person'),
              'anyway', true)) end as done
          from conversations where id = ${id}::uuid) acted`;
      return row?.outcome ?? "not_found";
    },
    async clear() {
      // The audit log refuses it, and hangs on every company.
      await client.query("alter table audit_log disable trigger user");
      await client.query("truncate tenants, early_statuses cascade");
      await client.query("alter table audit_log enable trigger user");
    },
    async dump(): Promise<unknown> {
      const { rows } = await client.query(DUMP);
      return rows[0]?.dump;
    },
    async close() {
      await client.end();
      await database.close();
    },
  };
}

const CLOCK = `
  create sequence ticks;
  create function virtual_clock() returns timestamptz language sql stable as $$
    select to_timestamp(current_setting('simulation.now_ms')::bigint / 1000.0) $$;
  set simulation.now_ms = '0'`;

/** Rows of one instant keep the order in which they were stored. */
const withOurClock = (migration: string): string =>
  migration
    .replaceAll(
      "created_at timestamptz not null default clock_timestamp()",
      "created_at timestamptz not null default virtual_clock() + nextval('ticks') * interval '1 microsecond'",
    )
    .replaceAll(
      "started_at timestamptz not null default clock_timestamp()",
      "started_at timestamptz not null default virtual_clock() + nextval('ticks') * interval '1 microsecond'",
    )
    .replaceAll("clock_timestamp()", "virtual_clock()");

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;
const list = (table: string, order: string, fields: string) =>
  `(select coalesce(jsonb_agg(jsonb_build_array(${fields}) order by ${order}), '[]') from ${table})`;

/** Every column that the statements of a conversation read or write; rows in the order in which they were stored. */
const DUMP = `select jsonb_build_object(
  'users', ${list("customers", "(select phone_number_id from tenants t where t.id = tenant_id), coalesce(wa_user_id, phone, '~')", `phone, accepted_phone, wa_user_id, name, language, ${ms("opted_out_at")}, ${ms("opt_changed_at")}, ${ms("way_back_told_at")}`)},
  'conversations', ${list(
    "conversations c join customers u on u.id = c.customer_id",
    "(select phone_number_id from tenants t where t.id = c.tenant_id), coalesce(wa_user_id, phone, '~')",
    `status, ${ms("window_ends_at")}, received_seq, answered_seq, ${ms("unread_since")}, epoch,
     ${ms("lease_expires_at")}, ${ms("retry_at")}, attempts, previous_rung, ${ms("next_limit_notice_at")}, ${ms("pair_free_at")},
     (extract(epoch from usage_day) / 86400)::int, usage_turns, usage_sound_s,
     assignee_id, case when repeat_key is not null then jsonb_build_object('key', repeat_key, 'count', repeat_count, 'atOnce', at_once) end`,
  )},
  'messages', ${list(
    "messages m",
    "created_at",
    `direction, author, wa_message_id, seq, state, type, text, opt, quote_wa_message_id,
     (select t.epoch from turns t where t.id = turn_id), sends, meta_codes, ${ms("sent_at")}, ${ms("updated_at")}`,
  )},
  'turns', ${list("turns", "started_at", "epoch, through_seq, state, rung, errors")},
  'toolCalls', ${list("tool_calls", "idempotency_key", "idempotency_key")},
  'handoffs', ${list(
    "handoffs",
    "reason, handed_back_at is not null, notified_at is not null, due_at",
    `(select t.epoch from turns t where t.id = turn_id), reason, summary, notified_at is not null, handed_back_at is not null,
     taken_at is not null, told_at is not null, away_told_at is not null, reminders, ${ms("due_at")}, ${ms("reminded_at")}`,
  )},
  'early', ${list("early_statuses", "wa_message_id, state", "wa_message_id, state")},
  'usage', (select coalesce(sum(usd), 0)::float8 from usage),
  'aside', ${list("deferred_identity_changes", "id", "change #>> '{userId,current}'")}) as dump`;
