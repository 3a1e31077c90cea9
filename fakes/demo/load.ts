import type { Database } from "../../db/client.ts";
import { QUICK_REPLIES } from "./quick-replies.ts";
import { type MessageRow, rowsOf, type TurnRow } from "./rows.ts";
import type { Colleague, Story } from "./script.ts";
import { OTHERS } from "./stories-en-pt.ts";
import { SPANISH } from "./stories-es.ts";
import { OLDER_SPANISH } from "./stories-es-older.ts";

const COLLEAGUES: readonly Colleague[] = ["Lucía Quispe", "Diego Rojas"];
/** So that no job writes to people who do not exist: nobody waits long enough, and nobody is asked for a rating. */
const NEVER = "2100-01-01T00:00:00Z";

/** Stores some days of made-up conversations of a number, marked as a demonstration. */
export async function loadDemoConversations(
  database: Database,
  phoneNumberId: string,
  nowMs: number,
): Promise<void> {
  const { sql } = database;
  const [tenant] = await sql<{ id: string }>`select id from tenants where phone_number_id = ${phoneNumberId}`;
  if (!tenant) return;
  const colleagues = await addColleagues(database, tenant.id);
  for (const story of [...SPANISH, ...OLDER_SPANISH, ...OTHERS])
    await tell(database, { tenantId: tenant.id, colleagues, nowMs }, story);
  await sql`
    insert into quick_replies (tenant_id, shortcut, text, language)
    select ${tenant.id}::uuid, shortcut, text, language
      from jsonb_to_recordset(${JSON.stringify(QUICK_REPLIES)}::jsonb) as x(shortcut text, text text, language text)
    on conflict do nothing`;
}

/** Has the messages of earlier times brought into the console's search, which goes by the time. */
export async function findInSearch({ sql }: Database): Promise<void> {
  await sql`update search_progress set read_until = '-infinity'`;
}

/** True for a number with a company to which nobody has ever written. */
export async function hasNoCustomers({ sql }: Database, phoneNumberId: string): Promise<boolean> {
  const [row] = await sql<{ none: boolean }>`
    select not exists (select from customers where tenant_id = t.id) and not exists (select from audit_log where tenant_id = t.id) as none
      from tenants t where t.phone_number_id = ${phoneNumberId}`;
  return row?.none ?? false;
}

/** Their addresses end in `.invalid`: nobody can be written to, and no password exists. */
async function addColleagues({ sql }: Database, tenantId: string): Promise<Map<Colleague, string>> {
  const ids = new Map<Colleague, string>();
  for (const name of COLLEAGUES) {
    const email = `${name
      .split(" ")[0]
      ?.toLowerCase()
      .normalize("NFD")
      .replace(/[^a-z]/g, "")}@demo.invalid`;
    const [operator] = await sql<{ id: string }>`
      insert into operators (email, name) values (${email}, ${name}) on conflict (email) do update set name = excluded.name returning id`;
    ids.set(name, operator?.id ?? "");
    await sql`insert into memberships (tenant_id, operator_id, role)
      values (${tenantId}::uuid, ${operator?.id ?? ""}::uuid, 'agent') on conflict do nothing`;
  }
  return ids;
}

interface Around {
  tenantId: string;
  colleagues: ReadonlyMap<Colleague, string>;
  nowMs: number;
}

/** Stores one conversation. */
async function tell(database: Database, around: Around, story: Story): Promise<void> {
  const { messages, turns } = rowsOf(story, around.nowMs);
  const ids = { conversation: crypto.randomUUID(), customer: crypto.randomUUID() };
  const operatorOf = (name: Colleague | null | undefined) =>
    name ? (around.colleagues.get(name) ?? null) : null;
  const said = messages.map((message) => ({ ...message, operatorId: operatorOf(message.colleague) }));
  const lastIn = said.findLast(({ direction }) => direction === "in")?.at ?? around.nowMs;
  await insertConversation(database, around, { ids, story, lastIn, lastAt: said.at(-1)?.at ?? lastIn });
  await insertTurns(
    database,
    { tenantId: around.tenantId, conversationId: ids.conversation, language: story.language },
    turns,
  );
  await insertMessages(database, { tenantId: around.tenantId, conversationId: ids.conversation }, said);
  await insertAround(database, around, { ids, story, lastAt: said.at(-1)?.at ?? lastIn, operatorOf });
}

interface Place {
  tenantId: string;
  conversationId: string;
}

async function insertTurns(
  { sql }: Database,
  { tenantId, conversationId, language }: Place & { language: string },
  turns: readonly TurnRow[],
): Promise<void> {
  await sql`
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, confidence, decided_by, language, intent_model,
                       reply_model, input_tokens, output_tokens, cost_usd, stages_ms, rung, started_at, ended_at)
    select x.id, ${tenantId}::uuid, ${conversationId}::uuid, 1, 1, 'answered', x.intent, 0.96, 'model', ${language},
           'gpt-4o-mini', 'gpt-4o', 1480, 62, x."costUsd",
           jsonb_build_object('ack', round(x."waitMs" * 0.011), 'admit', 2, 'receive', round(x."waitMs" * 0.005), 'claim', 4,
             'classify', round(x."waitMs" * 0.18), 'respond', round(x."waitMs" * 0.66), 'draft', 5, 'send', round(x."waitMs" * 0.1),
             'finish', 6, 'wait', x."waitMs"), x.rung,
           to_timestamp((x.at - x."waitMs") / 1000.0), to_timestamp(x.at / 1000.0)
      from jsonb_to_recordset(${JSON.stringify(turns)}::jsonb)
        as x(id uuid, intent text, rung text, "waitMs" float8, "costUsd" numeric, at float8)`;
  await sql`
    insert into tool_calls (turn_id, idempotency_key, name, input, output, ms)
    select x.id, 'demo', x.tool ->> 'name', x.tool -> 'input', x.tool -> 'output', 140
      from jsonb_to_recordset(${JSON.stringify(turns)}::jsonb) as x(id uuid, tool jsonb) where x.tool <> 'null'`;
}

async function insertMessages(
  { sql }: Database,
  { tenantId, conversationId }: Place,
  said: readonly (MessageRow & { operatorId: string | null })[],
): Promise<void> {
  await sql`
    insert into messages (id, tenant_id, conversation_id, direction, author, wa_message_id, state, type, text, content, reading, meta_codes,
                          turn_id, operator_id, sends, sent_at, created_at, updated_at)
    select x.id, ${tenantId}::uuid, ${conversationId}::uuid, x.direction, x.author, x."waMessageId", x.state, x.type, x.text,
           nullif(x.content, 'null'), x.reading, x."metaCodes", x."turnId", x."operatorId", (x.direction = 'out')::int,
           to_timestamp(x.at / 1000.0), to_timestamp(x.at / 1000.0), to_timestamp(x.at / 1000.0)
      from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as x(id uuid, direction text, author text, "waMessageId" text, state text,
        type text, text text, content jsonb, reading text, "metaCodes" jsonb, "turnId" uuid, "operatorId" uuid, at float8)`;
}

interface Told {
  ids: { conversation: string; customer: string };
  story: Story;
  lastAt: number;
}

/** The customer and the conversation's row. */
async function insertConversation(
  { sql }: Database,
  around: Around,
  told: Told & { lastIn: number },
): Promise<void> {
  const { ids, story, lastIn, lastAt } = told;
  const { handoff } = story;
  const isHuman = handoff !== undefined && !handoff.back;
  const assignee = isHuman && handoff.taken ? (around.colleagues.get(handoff.taken) ?? null) : null;
  await sql`
    insert into customers (id, tenant_id, phone, name, language, demo, created_at, opted_out_at)
    values (${ids.customer}::uuid, ${around.tenantId}::uuid, ${story.phone}, ${story.name}, ${story.language}, true,
            to_timestamp(${lastIn}::float8 / 1000) - interval '40 days',
            case when ${story.optedOut ?? false}::boolean then to_timestamp(${lastIn}::float8 / 1000) end)`;
  await sql`
    insert into conversations (id, tenant_id, customer_id, status, window_ends_at, received_seq, answered_seq, rated_seq, epoch, created_at,
                               last_at, assignee_id, closed_at, snoozed_until, flagged_at)
    values (${ids.conversation}::uuid, ${around.tenantId}::uuid, ${ids.customer}::uuid, ${isHuman ? "human" : "bot"},
            to_timestamp(${lastIn}::float8 / 1000) + interval '24 hours', 1, 1, 1, 1, to_timestamp(${lastIn}::float8 / 1000) - interval '1 day',
            to_timestamp(${lastAt}::float8 / 1000), ${assignee}::uuid,
            case when ${story.closed ?? false}::boolean then to_timestamp(${lastAt}::float8 / 1000) end,
            case when ${story.snoozedForMin ?? 0}::int > 0 then now() + make_interval(mins => ${story.snoozedForMin ?? 0}::int) end,
            case when ${story.rating?.score ?? 5}::int <= 2 then to_timestamp(${lastAt}::float8 / 1000) end)`;
}

/** What stands beside the messages: handoff, rating, note, tags. */
async function insertAround(
  { sql }: Database,
  { tenantId }: Around,
  { ids, story, lastAt, operatorOf }: Told & { operatorOf: (name: Colleague | undefined) => string | null },
): Promise<void> {
  const { handoff, rating, note, tags = [] } = story;
  const lastS = lastAt / 1_000;
  if (handoff)
    await sql`
      insert into handoffs (tenant_id, conversation_id, reason, summary, opened_at, notified_at, due_at, taken_at, taken_by, handed_back_at)
      values (${tenantId}::uuid, ${ids.conversation}::uuid, ${handoff.reason}, ${handoff.summary},
              to_timestamp(${lastS}::float8) - interval '3 minutes', now(), ${NEVER}::timestamptz,
              case when ${handoff.taken !== undefined}::boolean then to_timestamp(${lastS}::float8) - interval '2 minutes' end,
              ${operatorOf(handoff.taken)}::uuid, case when ${handoff.back ?? false}::boolean then to_timestamp(${lastS}::float8) end)`;
  if (rating)
    await sql`
      insert into csat (tenant_id, conversation_id, customer_id, served_by, operator_id, intent, cause, score, comment, created_at, answered_at)
      values (${tenantId}::uuid, ${ids.conversation}::uuid, ${ids.customer}::uuid, ${handoff?.taken ? "mixed" : "bot"},
              ${operatorOf(handoff?.taken)}::uuid, ${handoff ? "complaint" : "product_question"}, 'closed', ${rating.score}::int,
              ${rating.why ?? null}, to_timestamp(${lastS}::float8), to_timestamp(${lastS}::float8) + interval '2 minutes')`;
  if (note)
    await sql`insert into notes (tenant_id, conversation_id, operator_id, text, created_at)
      values (${tenantId}::uuid, ${ids.conversation}::uuid, ${operatorOf(note.by)}::uuid, ${note.text}, to_timestamp(${lastS}::float8))`;
  for (const tag of tags)
    await sql`insert into conversation_tags (tenant_id, conversation_id, tag) values (${tenantId}::uuid, ${ids.conversation}::uuid, ${tag})`;
}
