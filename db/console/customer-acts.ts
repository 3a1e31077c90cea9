/** Acts that customers confirm, as operators see and decide them. */
import type {
  CancelOutcome,
  CustomerActs,
  DecideOutcome,
  SettleOutcome,
  StoredCustomerAct,
  StoredReminder,
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

  async reminders(tenantId, conversationId) {
    const rows = await sql<StoredReminder & { timeZone: string | null }>`
      select r.id, r.key, r.template, r.state, r.reason, epoch_ms(r.starts_at)::float8 as "startsAt", epoch_ms(r.due_at)::float8 as "dueAt",
          o.name as "cancelledBy", t.profile ->> 'timeZone' as "timeZone",
          (select m.state from messages m where m.turn_id = r.turn_id and m.conversation_id = r.conversation_id and m.direction = 'out' limit 1) as message
        from reminders r join tenants t on t.id = r.tenant_id left join operators o on o.id = r.cancelled_by
        where r.tenant_id = ${tenantId}::uuid and r.conversation_id = ${conversationId}::uuid order by r.due_at desc limit 20`;
    const reminders = rows.map(({ timeZone: _ofAll, ...reminder }) => reminder);
    return { timeZone: rows[0]?.timeZone ?? null, reminders };
  },

  async cancelReminder({ tenantId, operatorId, conversationId }, reminderId) {
    const [row] = await sql<{ answer: CancelOutcome }>`
      select cancel_reminder(${tenantId}::uuid, ${operatorId}::uuid, ${conversationId}::uuid, ${reminderId}::uuid) as answer`;
    return row?.answer ?? { outcome: "not_found" };
  },
});
