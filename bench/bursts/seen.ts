import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../../db/client.ts";

const CHECK_EVERY_MS = 500;
const LIMIT_MS = 60_000;

/** Result of one burst, by the database's clock. */
export interface Answered {
  messages: number;
  /** From the last message to the reply that covers it. */
  waitMs: number;
  /** Two for each composed reply, including discarded ones. */
  modelCalls: number;
  replies: number;
}

type Sql = Database["sql"];

/** Resolves when every conversation is answered. Throws when one stays unread. */
export async function allAnswered(sql: Sql): Promise<void> {
  for (let waitedMs = 0; waitedMs < LIMIT_MS; waitedMs += CHECK_EVERY_MS) {
    await sleep(CHECK_EVERY_MS);
    const [open] = await sql<{ count: number }>`
      select count(*)::int as count from conversations where received_seq > answered_seq or lease_expires_at is not null`;
    if (open?.count === 0) return;
  }
  throw new Error("a conversation was never answered");
}

/** Results of the bursts of these phones. */
export function answered(sql: Sql, firstPhone: number, endPhone: number): Promise<Answered[]> {
  return sql<Answered>`
    select count(*) filter (where direction = 'in')::int as messages,
           count(*) filter (where direction = 'out')::int as replies,
           (extract(epoch from max(m.updated_at) filter (where direction = 'out')
                             - max(m.created_at) filter (where direction = 'in')) * 1000)::float8 as "waitMs",
           (select 2 * count(*) from turns t where t.conversation_id = m.conversation_id)::int as "modelCalls"
      from messages m join conversations c on c.id = m.conversation_id join customers u on u.id = c.customer_id
     where u.phone::bigint >= ${firstPhone} and u.phone::bigint < ${endPhone}
     group by m.conversation_id`;
}
