/** Acts that a person should look at, for maintainers. */
import type { ActState } from "../lib/types/turn/acts.ts";
import type { Database } from "./client.ts";

/** An act without what the customer wrote. */
export interface ListedAct {
  id: string;
  conversationId: string;
  tool: string;
  state: ActState;
  code: string | null;
  attempts: number;
  askedAt: string;
  /** Of the customer's phone. */
  lastDigits: string | null;
}

/** The same with how to find it in the company's system. */
export interface ShownAct extends ListedAct {
  idempotencyKey: string;
  input: unknown;
  confirmedAt: string | null;
  attemptedAt: string | null;
  endedAt: string | null;
  told: boolean;
  decidedBy: string | null;
  /** What a person did about it. */
  settledHow: string | null;
  settledBy: string | null;
}

/**
 * Acts that failed or whose result nobody knows and that no person has settled, that wait for an approval, or that are still executing
 * after five minutes; newest first, at most 200.
 */
export const actsForPeople = ({ sql }: Database): Promise<ListedAct[]> => sql<ListedAct>`
  select a.id, a.conversation_id as "conversationId", a.tool, a.state, a.code, a.attempts, a.created_at as "askedAt", right(u.phone, 3) as "lastDigits"
    from acts a join customers u on u.id = a.customer_id
    where a.state in ('failed', 'unknown', 'awaiting_approval') and a.settled_at is null
       or a.state in ('confirmed', 'executing') and coalesce(a.attempted_at, a.decided_at) < clock_timestamp() - interval '5 minutes'
    order by a.created_at desc limit 200`;

/** One act; null when there is none with this id. */
export async function customerAct({ sql }: Database, id: string): Promise<ShownAct | null> {
  const [row] = await sql<ShownAct>`
    select a.id, a.conversation_id as "conversationId", a.tool, a.state, a.code, a.attempts, a.created_at as "askedAt", right(u.phone, 3) as "lastDigits",
        a.idempotency_key as "idempotencyKey", a.input, a.confirmed_at as "confirmedAt",
        a.attempted_at as "attemptedAt", a.ended_at as "endedAt", a.told_at is not null as told, o.name as "decidedBy",
        a.settled_how as "settledHow", s.name as "settledBy"
      from acts a join customers u on u.id = a.customer_id
        left join operators o on o.id = a.decided_by left join operators s on s.id = a.settled_by where a.id = ${id}::uuid`;
  return row ?? null;
}
