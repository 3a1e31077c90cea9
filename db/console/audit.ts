/** The audit log: lines are added and read, never changed. */
import type { AuditEntry } from "../../contracts/console/access.ts";
import type { AuditLog } from "../../lib/types/console/audit.ts";
import type { Database } from "../client.ts";

type Row = Omit<AuditEntry, "at"> & { at: Date };

/** Creates the audit log. */
export function createAuditLog({ sql }: Database): AuditLog {
  return {
    async add(tenantId, line) {
      await sql`select record_audit(${tenantId}::uuid, ${JSON.stringify(line)}::jsonb)`;
    },
    async page(tenantId, { before, operator, act }, limit) {
      const rows = await sql<Row>`
        select id::text, at, operator_email as operator, act, conversation_id as "conversationId", detail from audit_log
          where tenant_id = ${tenantId}::uuid
            and (${operator}::text is null or operator_email = ${operator}::text)
            and (${act}::text is null or starts_with(act, ${act}::text))
            and (${before}::bigint is null or id < ${before}::bigint)
          order by audit_log.id desc limit ${limit}::int`;
      return rows.map((row) => ({ ...row, at: row.at.getTime() }));
    },
    async count(tenantId, { operator, act }) {
      const [row] = await sql<{ lines: number }>`
        select count(*)::int as lines from audit_log
          where tenant_id = ${tenantId}::uuid
            and (${operator}::text is null or operator_email = ${operator}::text)
            and (${act}::text is null or starts_with(act, ${act}::text))`;
      return row?.lines ?? 0;
    },
  };
}
