/** A company's alerts, and what the checks behind them read (`db/functions/alerts/`). */
import type { AlertList, AlertStore, StandingTroubles, Telling } from "../lib/types/alerts.ts";
import type { Database } from "./client.ts";

/** The store of alerts. */
export function createAlertStore({ sql }: Database): AlertStore & AlertList {
  return {
    tenants: (phoneNumberIds) => sql`
      select t.id as "tenantId", t.phone_number_id as "phoneNumberId", coalesce(t.profile ->> 'name', '') as company
        from jsonb_array_elements_text(${JSON.stringify(phoneNumberIds)}::jsonb) with ordinality n (id, place)
        join tenants t on t.phone_number_id = n.id order by n.place`,
    async claimRun(tenantId, { name, everyMs }, nowMs) {
      const [row] = await sql<{ claimed: boolean }>`
        select claim_alert_run(${tenantId}::uuid, ${name}, ${everyMs}::float8 * interval '1 millisecond',
                               to_timestamp(${nowMs}::float8 / 1000)) as claimed`;
      return row?.claimed ?? false;
    },
    async standing(tenantId, isFirst) {
      const [row] = await sql<{ troubles: StandingTroubles }>`
        select standing_troubles(${tenantId}::uuid, ${isFirst}::boolean) as troubles`;
      if (!row) throw new Error("nothing was answered");
      return row.troubles;
    },
    async update(tenantId, { found, checked }, nowMs) {
      await sql`
        select update_alerts(${tenantId}::uuid, ${JSON.stringify(found)}::jsonb,
                            array(select jsonb_array_elements_text(${JSON.stringify(checked)}::jsonb)), to_timestamp(${nowMs}::float8 / 1000))`;
    },
    async takeTellings(tenantId, nowMs) {
      const [row] = await sql<{ tellings: Telling[] }>`
        select take_tellings(${tenantId}::uuid, to_timestamp(${nowMs}::float8 / 1000)) as tellings`;
      return row?.tellings ?? [];
    },
    async endTelling(tenantId, { telling: { id, kind, stage }, delivered }, nowMs) {
      await sql`
        select end_telling(${tenantId}::uuid, ${JSON.stringify({ id, kind, stage })}::jsonb, ${delivered}::boolean,
                           to_timestamp(${nowMs}::float8 / 1000))`;
    },
    async list(tenantId, nowMs) {
      const [row] = await sql<{ listed: Awaited<ReturnType<AlertList["list"]>> }>`
        select list_alerts(${tenantId}::uuid, to_timestamp(${nowMs}::float8 / 1000)) as listed`;
      return row?.listed ?? { open: [], recovered: [], ranMs: null };
    },
  };
}
