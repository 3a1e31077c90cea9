/** Alerts of companies: those that are open until they are over, and those that are told once and for all. */
import type { AlertList, AlertStore, StandingTroubles, Telling } from "../lib/types/alerts.ts";
import type { Database } from "./client.ts";

/** True for the first call of this name for the company of a business number, on any instance and day; false without a company. */
export async function firstAlert(database: Database, phoneNumberId: string, name: string): Promise<boolean> {
  const rows = await database.sql`
    insert into single_alerts (tenant_id, name) select id, ${name} from tenants where phone_number_id = ${phoneNumberId}
      on conflict do nothing returning name`;
  return rows.length > 0;
}

/** The company's alerts, and the checks behind them (`db/functions/alerts/`). */
export function createAlertStore({ sql }: Database): AlertStore & AlertList {
  return {
    async tenants(phoneNumberIds) {
      const rows = await sql<{ id: string }>`
        select t.id from jsonb_array_elements_text(${JSON.stringify(phoneNumberIds)}::jsonb) with ordinality n (id, place)
          join tenants t on t.phone_number_id = n.id order by n.place`;
      return rows.map(({ id }) => id);
    },
    async claimRun(tenantId, { name, everyMs }, nowMs) {
      const [row] = await sql<{ claimed: boolean }>`
        select claim_alert_run(${tenantId}::uuid, ${name}, ${everyMs}::float8 * interval '1 millisecond',
                               to_timestamp(${nowMs}::float8 / 1000)) as claimed`;
      return row?.claimed ?? false;
    },
    async standing(tenantId, isFirst) {
      const [row] = await sql<{ troubles: StandingTroubles }>`
        select standing_troubles(${tenantId}::uuid, ${isFirst}) as troubles`;
      if (!row) throw new Error("nothing was answered");
      return row.troubles;
    },
    async judge(tenantId, { found, checked }, nowMs) {
      await sql`
        select judge_alerts(${tenantId}::uuid, ${JSON.stringify(found)}::jsonb,
                            array(select jsonb_array_elements_text(${JSON.stringify(checked)}::jsonb)), to_timestamp(${nowMs}::float8 / 1000))`;
    },
    async takeTellings(tenantId, nowMs) {
      const [row] = await sql<{ tellings: Telling[] }>`
        select take_tellings(${tenantId}::uuid, to_timestamp(${nowMs}::float8 / 1000)) as tellings`;
      return row?.tellings ?? [];
    },
    async endTelling(tenantId, { telling, delivered }, nowMs) {
      await sql`
        select end_telling(${tenantId}::uuid, ${JSON.stringify(telling)}::jsonb, ${delivered}, to_timestamp(${nowMs}::float8 / 1000))`;
    },
    async list(tenantId, nowMs) {
      const [row] = await sql<{ listed: Awaited<ReturnType<AlertList["list"]>> }>`
        select list_alerts(${tenantId}::uuid, to_timestamp(${nowMs}::float8 / 1000)) as listed`;
      return row?.listed ?? { open: [], recovered: [], ranMs: null };
    },
  };
}
