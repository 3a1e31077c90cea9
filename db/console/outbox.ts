/** What operators send (`db/functions/console/outbox/`). */
import type { Outbox, SendOutcome, Upload } from "../../lib/types/console/outbox.ts";
import type { Database } from "../client.ts";

/** Creates the outbox of operators. */
export function createOutbox({ sql }: Database): Outbox {
  return {
    async send(send) {
      const [row] = await sql<{ answer: SendOutcome }>`
        select send_as_operator(${JSON.stringify(send)}::jsonb) as answer`;
      if (!row) throw new Error("the database returned no row");
      return row.answer;
    },
    async upload(tenantId, mediaId) {
      const [row] = await sql<Upload>`
        select media_id as "mediaId", kind, mime_type as "mimeType", filename from uploads
          where tenant_id = ${tenantId}::uuid and media_id = ${mediaId} and created_at > clock_timestamp() - interval '29 days'`;
      return row ?? null;
    },
    async keepUpload(tenantId, operatorId, { mediaId, kind, mimeType, filename }) {
      await sql`
        insert into uploads (tenant_id, media_id, operator_id, kind, mime_type, filename)
          values (${tenantId}::uuid, ${mediaId}, ${operatorId}::uuid, ${kind}, ${mimeType}, ${filename})
          on conflict (tenant_id, media_id) do nothing`;
    },
    async phoneNumberId(tenantId) {
      const [row] = await sql<{ id: string }>`
        select phone_number_id as id from tenants where id = ${tenantId}::uuid`;
      return row?.id ?? null;
    },
  };
}
