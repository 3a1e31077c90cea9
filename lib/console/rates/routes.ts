import type { RateInput, RatesImported, RatesView } from "../../../contracts/console/money.ts";
import { MARKETS, OTHER_COUNTRIES } from "../../insight/markets.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { type AuditNote, Refusal, type Route, type TenantCall } from "../http/route.ts";
import { ratesOfCsv } from "./csv.ts";
import { importSchema, MAX_CSV, rateInput, rateSchema } from "./input.ts";

type Call = TenantCall<ConsoleDeps>;

/** Meta's prices as the company has entered them: everybody sees them, owners change them. */
export const RATE_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/rates",
    access: "viewer",
    audit: null,
    handle: async ({ deps, tenantId }) =>
      Response.json({
        rates: await deps.rates.list(tenantId),
        markets: [...MARKETS],
        countries: [...OTHER_COUNTRIES],
      } satisfies RatesView),
  },
  { method: "POST", path: "/t/:tenant/rates", access: "owner", audit: written, handle: write },
  { method: "POST", path: "/t/:tenant/rates/remove", access: "owner", audit: removed, handle: remove },
  {
    method: "POST",
    path: "/t/:tenant/rates/import",
    access: "owner",
    audit: "rates.import",
    // As JSON a sign may take six bytes.
    maxJsonBytes: 6 * MAX_CSV,
    handle: importCsv,
  },
];

async function written({ body }: Call): Promise<AuditNote> {
  return { act: "rate.write", detail: detailOf(await body(rateInput)) };
}

async function removed({ body }: Call): Promise<AuditNote> {
  return { act: "rate.remove", detail: detailOf({ ...(await body(rateSchema)), was: null }) };
}

/** What a price was before stands in the line, since nothing else keeps it. */
const detailOf = ({ market, category, priceUsd, validFrom, was }: RateInput) => ({
  ...{ market, category, price: `$${priceUsd}`, from: validFrom },
  ...(was !== null && { was: `$${was}` }),
});

async function write({ deps, tenantId, body }: Call): Promise<Response> {
  const rate = await body(rateInput);
  const outcome = await deps.rates.write(tenantId, rate);
  if (outcome === "changed") throw changed();
  if (outcome === "full") throw full();
  return Response.json(rate);
}

async function remove({ deps, tenantId, body }: Call): Promise<Response> {
  if (!(await deps.rates.remove(tenantId, await body(rateSchema)))) throw changed();
  return new Response(null, { status: 204 });
}

async function importCsv({ deps, tenantId, body }: Call): Promise<Response> {
  const { csv, validFrom } = await body(importSchema);
  const read = ratesOfCsv(csv, validFrom);
  if ("problems" in read) return Response.json(read satisfies RatesImported);
  const result = await deps.rates.importAll(tenantId, read.rates);
  if (result === null) throw full();
  return Response.json(result satisfies RatesImported);
}

const changed = (): Refusal =>
  new Refusal(
    409,
    "rate_changed",
    "This price has been changed or removed meanwhile. Look at the table again.",
  );
const full = (): Refusal =>
  new Refusal(409, "rates_full", "The table holds at most 5,000 prices. Remove old ones first.");
