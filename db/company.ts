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

/** True when a company with a name is stored for the number. */
export async function hasCompany(database: Database, phoneNumberId: string): Promise<boolean> {
  const rows = await database.sql`
    select 1 from tenants where phone_number_id = ${phoneNumberId} and profile ->> 'name' <> ''`;
  return rows.length > 0;
}

/** Passages are compared and stored in the order of their languages and topics. */
const keyOf = ({ language, slug }: Company["knowledge"][number]): string => `${language}/${slug}`;
