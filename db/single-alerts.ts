/** Alerts that a company gets once. */
import type { Database } from "./client.ts";

/** True for the first call of this name for the company of a business number, on any instance and day; false without a company. */
export async function firstAlert(database: Database, phoneNumberId: string, name: string): Promise<boolean> {
  const rows = await database.sql`
    insert into single_alerts (tenant_id, name) select id, ${name} from tenants where phone_number_id = ${phoneNumberId}
      on conflict do nothing returning name`;
  return rows.length > 0;
}
