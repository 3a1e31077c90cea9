/** Texts that operators send again and again. */
import type { QuickReply } from "../../contracts/console/settings.ts";
import type { QuickReplies } from "../../lib/types/console/quick-replies.ts";
import type { Database } from "../client.ts";

/** Creates the store of quick replies; a company has at most 500. */
export function createQuickReplies({ sql }: Database): QuickReplies {
  return {
    list: (tenantId) => sql<QuickReply>`
      select id, shortcut, text, language from quick_replies where tenant_id = ${tenantId}::uuid order by shortcut limit 500`,
    async write(tenantId, { id, shortcut, text, language }) {
      const rows = await sql`
        insert into quick_replies as q (id, tenant_id, shortcut, text, language)
          select ${id}::uuid, ${tenantId}::uuid, ${shortcut}, ${text}, ${language}
            where not exists (select from quick_replies
                                where tenant_id = ${tenantId}::uuid and shortcut = ${shortcut} and id <> ${id}::uuid)
              and (select count(*) from quick_replies where tenant_id = ${tenantId}::uuid and id <> ${id}::uuid) < 500
          on conflict (id) do update
            set shortcut = excluded.shortcut, text = excluded.text, language = excluded.language, updated_at = clock_timestamp()
            where q.tenant_id = excluded.tenant_id
          returning id`;
      return rows.length > 0;
    },
    async delete(tenantId, id) {
      const rows = await sql`
        delete from quick_replies where tenant_id = ${tenantId}::uuid and id = ${id}::uuid returning id`;
      return rows.length > 0;
    },
  };
}
