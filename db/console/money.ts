/** Meta's prices as a company has entered them, and what models charge besides the bot's turns. */
import type { Rate } from "../../contracts/console/money.ts";
import type { HelperCost, HelperCosts, Rates } from "../../lib/types/console/money.ts";
import type { Database } from "../client.ts";

/** Most prices of a company: twenty of Meta's cards. */
const MOST = 5_000;

/** Creates the table of prices. */
export function createRates({ sql }: Database): Rates {
  return {
    list: (tenantId) => sql<Rate>`
      select market, category, price_usd::float8 as "priceUsd", to_char(valid_from, 'YYYY-MM-DD') as "validFrom"
        from message_rates where tenant_id = ${tenantId}::uuid order by market, category, valid_from desc`,
    async write(tenantId, rate) {
      const [row] = await sql<{ outcome: "written" | "changed" | "full" }>`
        select write_rate(${tenantId}::uuid, ${JSON.stringify(rate)}::jsonb, ${MOST}::int) as outcome`;
      return row?.outcome ?? "changed";
    },
    async remove(tenantId, { market, category, validFrom, priceUsd }) {
      const rows = await sql`
        delete from message_rates where tenant_id = ${tenantId}::uuid and market = ${market} and category = ${category}
            and valid_from = ${validFrom}::date and price_usd = ${priceUsd}::numeric
          returning market`;
      return rows.length > 0;
    },
    async importAll(tenantId, rates) {
      const [row] = await sql<{ result: { written: number; same: number } | null }>`
        select import_rates(${tenantId}::uuid, ${JSON.stringify(rates)}::jsonb, ${MOST}::int) as result`;
      return row?.result ?? null;
    },
    async countryOf(tenantId, conversationId) {
      const [row] = await sql<{ country: string | null }>`
        select coalesce(phone_country(u.phone), substring(u.wa_user_id from '^[A-Z]{2}(?=[.])')) as country
          from conversations c join customers u on u.id = c.customer_id
          where c.id = ${conversationId}::uuid and c.tenant_id = ${tenantId}::uuid`;
      return row?.country ?? null;
    },
  };
}

/** Creates the reader of what suggestions and trials cost. */
export function createHelperCosts({ sql }: Database): HelperCosts {
  return {
    async read(tenantId, { fromMs, toMs, step }) {
      const [row] = await sql<{ costs: HelperCost[] }>`
        select helper_costs(${tenantId}::uuid, to_timestamp(${fromMs}::float8 / 1000), to_timestamp(${toMs}::float8 / 1000), ${step}) as costs`;
      return row?.costs ?? [];
    },
  };
}
