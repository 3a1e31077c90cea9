import type { CompanyProfile, Language } from "../lib/types/company.ts";
import type { Database } from "./client.ts";

/** One topic of the knowledge base in one language. */
export interface Passage {
  /** Id of the topic, the same in every language. */
  slug: string;
  language: Language;
  title: string;
  body: string;
  /** Customers' other words for the topic; searched, never shown. */
  keywords: string;
}

/** A company as data: its profile and knowledge base. */
export interface Company {
  profile: CompanyProfile;
  knowledge: readonly Passage[];
}

/** Stores a company for a business number in one statement, replacing its profile and all passages. */
export async function loadCompany(
  database: Database,
  phoneNumberId: string,
  company: Company,
): Promise<{ tenantId: string; passages: number }> {
  const rows = await database.sql<{ tenantId: string }>`
    with tenant as (
      insert into tenants (phone_number_id, profile)
        values (${phoneNumberId}, ${JSON.stringify(company.profile)}::jsonb)
        on conflict (phone_number_id) do update set profile = excluded.profile
        returning id
    ), passages as (
      select tenant.id as tenant_id, passage.*
        from tenant, jsonb_to_recordset(${JSON.stringify(company.knowledge)}::jsonb)
          as passage (slug text, language text, title text, body text, keywords text)
    ), removed as (
      delete from knowledge old using tenant
        where old.tenant_id = tenant.id
          and not exists (select from passages where slug = old.slug and language = old.language)
    ), written as (
      insert into knowledge (tenant_id, slug, language, title, body, keywords)
        select tenant_id, slug, language, title, body, keywords from passages
        on conflict (tenant_id, slug, language) do update
          set title = excluded.title, body = excluded.body, keywords = excluded.keywords
    )
    select id as "tenantId" from tenant`;
  const [row] = rows;
  if (row === undefined) throw new Error("the database returned no tenant");
  return { tenantId: row.tenantId, passages: company.knowledge.length };
}

/** True when a company with a name is stored for the number. */
export async function hasCompany(database: Database, phoneNumberId: string): Promise<boolean> {
  const rows = await database.sql`
    select 1 from tenants where phone_number_id = ${phoneNumberId} and profile ->> 'name' <> ''`;
  return rows.length > 0;
}
