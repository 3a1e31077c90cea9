/** The demo shop's carts: the question, the tap, the order in the shop's own system, and what it refuses. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCompany } from "../../db/company.ts";
import { SHOP } from "../../fakes/companies/companies.ts";
import { type CompanyApi, startCompanyApi } from "../../fakes/company-api.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import type { Customer } from "../support/customer.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { tap } from "./support.ts";

const SECRET = "shop-secret-0123456789abcdef";

let shop: CompanyApi;
let world: World;
beforeAll(async () => {
  shop = await startCompanyApi({ secret: SECRET });
  const patient = { INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000", REPLY_OVERLAP: "off" };
  world = await startWorld({
    env: {
      ...{ COMPANY_API_URL: shop.url, TOOL_SHOP_URL: shop.url, ALLOW_TOOL_HOSTS: new URL(shop.url).host },
      ...{ ...patient, COMPANY_API_SECRET: SECRET },
    },
    withoutCompany: true,
  });
  await loadCompany(
    world,
    WORLD.phoneNumberId,
    await readCompanyFolder(join(PROJECT_DIRECTORY, SHOP.folder)),
  );
});
afterAll(async () => {
  await world.close();
  await shop.close();
});

async function says(customer: Customer, words: string, overrides: Record<string, unknown> = {}) {
  await customer.send(words, overrides);
  await world.drain();
  return JSON.stringify(customer.replies().at(-1)?.body);
}

const [poncho, socks] = ["poncho-ausangate", "medias-puna"].map((id) =>
  SHOP.catalog.find((product) => product.id === id),
);
const cart = (...lines: [typeof poncho, number, number?][]) => ({
  type: "order",
  text: undefined,
  order: {
    catalog_id: "440011",
    product_items: lines.map(([product, quantity, item_price = product?.price]) => ({
      ...{ product_retailer_id: product?.id, quantity, item_price, currency: product?.currency },
    })),
  },
});
const tapYes = (customer: Customer, asked: string) =>
  says(customer, "", tap(/act:([0-9a-f-]{36}):yes/.exec(asked)?.[1] ?? ""));

test("a cart becomes an order that its customer, and nobody else, can ask about", async () => {
  const ana = world.customer("51987654322");
  const asked = await says(ana, "", cart([poncho, 1], [socks, 3]));
  expect(asked).toContain("¿Hago tu pedido de 4 piezas por 509.00 PEN?");
  const placed = await tapYes(ana, asked);
  const code = /tu pedido es el (\d{4})\./.exec(placed)?.[1] ?? "";
  expect(code).toMatch(/^11\d\d$/);
  expect(await says(ana, `¿dónde está mi pedido ${code}?`)).toMatch(/Poncho Ausangate.*Medias Puna/);
  expect(await says(world.customer("51987654399"), `¿dónde está mi pedido ${code}?`)).not.toContain("Poncho");
});

test("a price that is not the catalogue's is refused in the shop's words, and nothing is ordered", async () => {
  const eva = world.customer("51987654323");
  const asked = await says(eva, "", cart([poncho, 1, 3.89]));
  expect(await tapYes(eva, asked)).toContain("no hice el pedido");
  expect(await says(eva, "¿dónde está mi pedido?")).not.toContain("Poncho");
});
