/** Lists of the inbox and open conversations (`db/functions/console/{inbox,thread}/`). */
import type { Counts } from "../../contracts/console/inbox.ts";
import type {
  InboxReader,
  StoredFile,
  StoredListPage,
  StoredPage,
  StoredView,
} from "../../lib/types/console/inbox.ts";
import type { Database } from "../client.ts";

/** Creates the reader of the inbox. */
export function createInboxReader({ sql }: Database): InboxReader {
  return {
    async list({ tenantId, operatorId }, { list, tag, after }) {
      const at = after?.at ?? null;
      const id = after?.id ?? null;
      const [row] =
        tag === null
          ? await sql<{ page: StoredListPage }>`
              select list_conversations(${tenantId}::uuid, ${operatorId}::uuid, ${list}, from_microseconds(${at}::bigint),
                                        ${id}::uuid) as page`
          : await sql<{ page: StoredListPage }>`
              select list_tagged(${tenantId}::uuid, ${operatorId}::uuid, ${list}, ${tag}, from_microseconds(${at}::bigint),
                                 ${id}::uuid) as page`;
      return row?.page ?? { rows: [], next: null };
    },
    async counts({ tenantId, operatorId }) {
      const [row] = await sql<{ counts: Counts }>`
        select counts_json(${tenantId}::uuid, ${operatorId}::uuid) as counts`;
      return row?.counts ?? { waiting: 0, mine: 0, snoozed: 0, flagged: 0, longestSince: null };
    },
    async tags({ tenantId }) {
      const [row] = await sql<{ tags: string[] }>`select list_tags(${tenantId}::uuid) as tags`;
      return row?.tags ?? [];
    },
    async open({ tenantId, operatorId }, id) {
      const [row] = await sql<{ view: StoredView }>`
        select open_conversation(${tenantId}::uuid, ${operatorId}::uuid, ${id}::uuid) as view`;
      return row?.view ?? null;
    },
    async older({ tenantId }, id, before) {
      const [row] = await sql<{ page: StoredPage }>`
        select older_messages(${tenantId}::uuid, ${id}::uuid, ${before}::uuid) as page`;
      return row?.page ?? null;
    },
    async file({ tenantId }, id, messageId) {
      const [row] = await sql<StoredFile>`
        select t.phone_number_id as "phoneNumberId", m.direction, m.type, m.content, f.path
          from messages m join tenants t on t.id = m.tenant_id
            left join media_files f on f.tenant_id = m.tenant_id and f.media_id = m.content ->> 'id' and f.bytes is not null
          where m.id = ${messageId}::uuid and m.conversation_id = ${id}::uuid and m.tenant_id = ${tenantId}::uuid`;
      return row ?? null;
    },
    async customer({ tenantId }, id) {
      const [row] = await sql<{ phone: string | null; waUserId: string | null }>`
        select u.phone, u.wa_user_id as "waUserId" from conversations c join customers u on u.id = c.customer_id
          where c.id = ${id}::uuid and c.tenant_id = ${tenantId}::uuid`;
      return row ?? null;
    },
  };
}
