import { createRollUp } from "../../../db/metrics.ts";
import type { World } from "../../support/world.ts";
import { makeConversation } from "../conversations.ts";

const MINUTE = 60_000;

/** What was said in a conversation, one line a minute: by the customer, by the bot, by an operator. */
export interface Said {
  atMs: number;
  who: readonly ("customer" | "bot" | "operator")[];
  intent?: string;
  language?: string;
  version?: number;
  /** A person was asked for with the last line, and nobody came. */
  handoff?: string;
  /** Rated an hour after the last line. */
  score?: number;
  /** Closed a minute after the last line. */
  closed?: boolean;
}

type Sql = Pick<World, "sql">;

/** A customer with all that was said, oldest first; the conversation's id. */
export async function makePast(world: World, tenantId: string, said: readonly Said[]): Promise<string> {
  const id = await makeConversation(world, { tenantId });
  await world.sql`
    update customers u set created_at = to_timestamp(${(said[0]?.atMs ?? 0) / 1000}::float8)
      from conversations c where c.id = ${id}::uuid and u.id = c.customer_id`;
  for (const each of said) await goOn(world, { tenantId, id }, each);
  return id;
}

/** Stores what was said later in a conversation. */
export async function goOn(
  { sql }: Sql,
  { tenantId, id }: { tenantId: string; id: string },
  { atMs, who, intent = "product_question", language = "es", version = 1, handoff, score, closed }: Said,
): Promise<void> {
  const lines = who.map((author, place) => ({
    ...{ author, turn: crypto.randomUUID(), at: (atMs + place * MINUTE) / 1000 },
  }));
  const endS = lines.at(-1)?.at ?? 0;
  await sql`
    with x as (select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as x(author text, turn uuid, at float8)),
    turn as (
      insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, language, version, rung, started_at, ended_at)
        select turn, ${tenantId}::uuid, ${id}::uuid, 1, 1, 'answered', ${intent}, ${language}, ${version}::int, 'full', to_timestamp(at), to_timestamp(at + 1)
          from x where author = 'bot' returning id)
    insert into messages (tenant_id, conversation_id, direction, author, seq, state, type, text, turn_id, sent_at, created_at)
      select ${tenantId}::uuid, ${id}::uuid, case author when 'customer' then 'in' else 'out' end, author, case author when 'customer' then 1 end,
             case author when 'customer' then 'received' else 'sent' end, 'text', 'hola', case author when 'bot' then turn end, to_timestamp(at), to_timestamp(at)
        from x where (select count(*) from turn) >= 0`;
  if (handoff !== undefined)
    await sql`
      insert into handoffs (tenant_id, conversation_id, reason, summary, opened_at, handed_back_at)
        values (${tenantId}::uuid, ${id}::uuid, ${handoff}, '', to_timestamp(${endS}::float8), clock_timestamp())`;
  if (score !== undefined)
    await sql`
      insert into csat (tenant_id, conversation_id, customer_id, served_by, intent, cause, score, created_at)
        select tenant_id, id, customer_id, 'bot', ${intent}, 'silent', ${score}::int, to_timestamp(${endS + 3_600}::float8)
          from conversations where id = ${id}::uuid`;
  if (closed)
    await sql`
      insert into audit_log (tenant_id, operator_email, act, conversation_id, at)
        values (${tenantId}::uuid, 'ana@example.com', 'conversation.close', ${id}::uuid, to_timestamp(${endS + 60}::float8))`;
}

/** Counts all that is due, now or at another time. */
export async function rollUp(world: World, nowMs: number | null = null): Promise<void> {
  const { step } = createRollUp(world);
  while ((await step(10_000, nowMs)) === "more");
}
