/** Acts that customers confirm, as operators see and decide them. */
import type {
  CustomerActs,
  DecideOutcome,
  SettleOutcome,
  StoredCustomerAct,
} from "../../lib/types/console/customer-acts.ts";
import type { Database } from "../client.ts";

export const createCustomerActs = ({ sql }: Database): CustomerActs => ({
  async list(tenantId, conversationId) {
    const acts = await sql<StoredCustomerAct>`
    select a.id, a.tool, a.question, a.input, case when a.state = 'proposed' and a.expires_at < clock_timestamp() then 'expired' else a.state end as state,
        a.code, epoch_ms(a.created_at)::float8 as "askedAt", o.name as "decidedBy",
        case when a.settled_at is not null then jsonb_build_object('how', a.settled_how, 'note', a.settled_note,
          'at', epoch_ms(a.settled_at), 'by', s.name) end as settled
      from acts a left join operators o on o.id = a.decided_by left join operators s on s.id = a.settled_by
      where a.tenant_id = ${tenantId}::uuid and a.conversation_id = ${conversationId}::uuid order by a.created_at desc limit 20`;
    if (acts.length > 0) return acts;
    const [there] =
      await sql`select 1 from conversations where tenant_id = ${tenantId}::uuid and id = ${conversationId}::uuid`;
    return there ? acts : null;
  },

  async decide({ tenantId, operatorId, conversationId }, actId, approve) {
    const [row] = await sql<{ answer: DecideOutcome }>`
      select decide_act(${tenantId}::uuid, ${operatorId}::uuid, ${conversationId}::uuid, ${actId}::uuid, ${approve}::boolean) as answer`;
    return row?.answer ?? "not_found";
  },

  async settle({ tenantId, operatorId, conversationId }, actId, { how, note }) {
    const [row] = await sql<{ answer: SettleOutcome }>`
      select settle_act(${tenantId}::uuid, ${operatorId}::uuid, ${conversationId}::uuid, ${actId}::uuid, ${how}, ${note}) as answer`;
    return row?.answer ?? { outcome: "not_found" };
  },
});
