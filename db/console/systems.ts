/** Companies' own systems: their tools and sealed secrets. */
import type { CompanySystems } from "../../lib/types/console/systems.ts";
import type { OrderCompany } from "../../lib/types/tools.ts";
import type { Database } from "../client.ts";

/** Creates the reader of companies' systems. */
export function createCompanySystems({ sql }: Database): CompanySystems {
  return {
    async of(tenantId) {
      const [row] = await sql<OrderCompany>`
        select id, phone_number_id as "phoneNumberId", tools,
               (select json_object_agg(name, sealed) from tool_secrets where tenant_id = tenants.id) as secrets
          from tenants where id = ${tenantId}::uuid`;
      return row ?? null;
    },
  };
}
