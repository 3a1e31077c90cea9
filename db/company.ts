import type { Company } from "../lib/types/company.ts";
import type { Database } from "./client.ts";

/** Loads a company's folder for a business number in one statement: a version that is live at once, and names what it changed. */
export async function loadCompany(
  database: Database,
  phoneNumberId: string,
  { profile, intents = {}, tools = [], knowledge }: Company,
  { note = "", items = [] }: { note?: string; items?: readonly string[] } = {},
): Promise<{ tenantId: string; passages: number }> {
  const passages = knowledge.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const version = JSON.stringify({ profile, intents, tools, passages, note, items });
  const rows = await database.sql<{ tenantId: string }>`
    select load_company(${phoneNumberId}, ${version}::jsonb) as "tenantId"`;
  const [row] = rows;
  if (row === undefined) throw new Error("the database returned no tenant");
  return { tenantId: row.tenantId, passages: passages.length };
}

/** The company of a business number as it is live; null when there is none. */
export async function readCompany(
  database: Database,
  phoneNumberId: string,
): Promise<Required<Company> | null> {
  const [row] = await database.sql<Required<Company>>`
    select profile, intents, tools, passages_json(id) as knowledge from tenants where phone_number_id = ${phoneNumberId}`;
  return row ?? null;
}

/** A company's secrets, as they are kept. */
export interface KeptSecrets {
  tenantId: string;
  secrets: readonly { name: string; sealed: string; setAtMs: number }[];
}

/** Sealed secrets of a business number's company, by name; null when it has none. */
export async function readSecrets(database: Database, phoneNumberId: string): Promise<KeptSecrets | null> {
  const [row] = await database.sql<KeptSecrets>`
    select id as "tenantId", (select coalesce(json_agg(json_build_object('name', name, 'sealed', sealed,
             'setAtMs', round(extract(epoch from set_at) * 1000)) order by name), '[]') from tool_secrets where tenant_id = tenants.id) as secrets
      from tenants where phone_number_id = ${phoneNumberId}`;
  return row ?? null;
}

/** Keeps a sealed secret, in the place of one of the same name. */
export async function keepSecret(
  { sql }: Database,
  tenantId: string,
  { name, sealed }: { name: string; sealed: string },
): Promise<void> {
  await sql`
    insert into tool_secrets (tenant_id, name, sealed) values (${tenantId}::uuid, ${name}, ${sealed})
      on conflict (tenant_id, name) do update set sealed = excluded.sealed, set_at = excluded.set_at`;
}

/** Seals a secret under another key: it stays what it is. False when it was set anew or removed meanwhile. */
export async function resealSecret(
  { sql }: Database,
  tenantId: string,
  { name, before, sealed }: { name: string; before: string; sealed: string },
): Promise<boolean> {
  const rows = await sql`
    update tool_secrets set sealed = ${sealed}
      where tenant_id = ${tenantId}::uuid and name = ${name} and sealed = ${before} returning name`;
  return rows.length > 0;
}

/** False when there was none of this name. */
export async function removeSecret({ sql }: Database, tenantId: string, name: string): Promise<boolean> {
  const rows = await sql`
    delete from tool_secrets where tenant_id = ${tenantId}::uuid and name = ${name} returning name`;
  return rows.length > 0;
}

/** True when a company with a name is stored for the number. */
export async function hasCompany(database: Database, phoneNumberId: string): Promise<boolean> {
  const rows = await database.sql`
    select 1 from tenants where phone_number_id = ${phoneNumberId} and profile ->> 'name' <> ''`;
  return rows.length > 0;
}

/** Passages are compared and stored in the order of their languages and topics. */
const keyOf = ({ language, slug }: Company["knowledge"][number]): string => `${language}/${slug}`;
