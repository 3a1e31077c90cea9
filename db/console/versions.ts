/** Versions of what a company says, and drafts of them (`db/functions/versions/`). */
import type { Changes, Draft, OtherDraft } from "../../contracts/console/versions.ts";
import type { Company, Tenant } from "../../lib/types/company.ts";
import type { Drafts, SaveOutcome, StoredVersion, Versions } from "../../lib/types/console/versions.ts";
import type { Database } from "../client.ts";

/** Creates the store of versions. */
export function createVersions({ sql }: Database): Versions {
  return {
    async live(tenantId) {
      const [row] = await sql<{ tenant: Required<Tenant>; passages: Company["knowledge"] }>`
        select jsonb_build_object('id', id, 'phoneNumberId', phone_number_id, 'profile', profile, 'intents', intents,
            'tools', tools, 'version', version) as tenant, passages_json(id) as passages
          from tenants where id = ${tenantId}::uuid`;
      if (!row) return null;
      const { tenant, passages } = row;
      const { profile, intents, tools } = tenant;
      return { tenant, company: { profile, intents, tools, knowledge: passages } };
    },
    list: (tenantId, limit) => sql<Omit<StoredVersion, "company">>`
      select v.number, o.name as author, v.note, epoch_ms(v.created_at)::float8 as "createdAt", epoch_ms(v.live_at)::float8 as "liveAt",
          v.number = t.version as "isLive", v.based_on as "basedOn", v.items
        from versions v join tenants t on t.id = v.tenant_id left join operators o on o.id = v.operator_id
        where v.tenant_id = ${tenantId}::uuid order by v.number desc limit ${limit}::integer`,
    async find(tenantId, number) {
      const [row] = await sql<StoredVersion>`
        select v.number, o.name as author, v.note, epoch_ms(v.created_at)::float8 as "createdAt", epoch_ms(v.live_at)::float8 as "liveAt",
            v.number = t.version as "isLive", v.based_on as "basedOn", v.items,
            jsonb_build_object('profile', v.profile, 'intents', v.intents, 'tools', v.tools, 'knowledge', v.passages) as company
          from versions v join tenants t on t.id = v.tenant_id left join operators o on o.id = v.operator_id
          where v.tenant_id = ${tenantId}::uuid and v.number = ${number}::integer`;
      return row ?? null;
    },
    async save(tenantId, { company, ...version }) {
      const { profile, intents, tools, knowledge: passages } = company;
      const stored = JSON.stringify({ ...version, profile, intents, tools, passages });
      const [row] = await sql<{
        answer: SaveOutcome;
      }>`select save_version(${tenantId}::uuid, ${stored}::jsonb) as answer`;
      if (!row) throw new Error("the database returned no row");
      return row.answer;
    },
    async makeLive(tenantId, number, expected) {
      const [row] = await sql<{ answer: "live" | "unknown" | "moved" }>`
        select make_version_live(${tenantId}::uuid, ${number}::integer, ${expected}::integer) as answer`;
      return row?.answer ?? "unknown";
    },
  };
}

/** Creates the store of drafts. */
export function createDrafts({ sql }: Database): Drafts {
  return {
    async own(tenantId, operatorId) {
      const [row] = await sql<{ draft: Draft }>`
        select draft_json(d) as draft from version_drafts d
          where d.tenant_id = ${tenantId}::uuid and d.operator_id = ${operatorId}::uuid`;
      return row?.draft ?? null;
    },
    others: (tenantId, operatorId) => sql<Omit<OtherDraft, "items"> & { changes: Changes }>`
      select o.name as operator, d.changes, epoch_ms(d.updated_at)::float8 as "updatedAt"
        from version_drafts d join operators o on o.id = d.operator_id
          join memberships m on m.operator_id = d.operator_id and m.tenant_id = d.tenant_id
        where d.tenant_id = ${tenantId}::uuid and d.operator_id <> ${operatorId}::uuid and d.changes <> '{}'
        order by d.updated_at desc limit 20`,
    async keep(tenantId, operatorId, draft) {
      const [row] = await sql<{ draft: Draft | null }>`
        select keep_draft(${tenantId}::uuid, ${operatorId}::uuid, ${JSON.stringify(draft)}::jsonb) as draft`;
      return row?.draft ?? null;
    },
    async discard(tenantId, operatorId) {
      await sql`delete from version_drafts where tenant_id = ${tenantId}::uuid and operator_id = ${operatorId}::uuid`;
    },
  };
}
