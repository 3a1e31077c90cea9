/** Settings of a company, chosen in the console. */
import type { SettingsStore } from "../../lib/types/console/settings.ts";
import type { Database } from "../client.ts";

/** Creates the store of settings. */
export function createSettings({ sql }: Database): SettingsStore {
  return {
    async read(tenantId) {
      const [row] = await sql<{
        settings: unknown;
      }>`select settings from tenants where id = ${tenantId}::uuid`;
      return row?.settings;
    },
    async change(tenantId, changes) {
      const [row] = await sql<{ settings: unknown }>`
        select change_settings(${tenantId}::uuid, ${JSON.stringify(changes)}::jsonb) as settings`;
      return row?.settings;
    },
  };
}
