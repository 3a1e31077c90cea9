/** The demo shop's address change: the customer's words, the question with the address in it, the tap, the shop's own system. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCompany } from "../../db/company.ts";
import { type CompanyApi, startCompanyApi } from "../../fakes/company-api.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import { isLearnt, withOwn } from "../../lib/intents/own.ts";
import type { Customer } from "../support/customer.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { tap } from "./support.ts";

const SECRET = "shop-secret-0123456789abcdef";

let shop: CompanyApi;
let world: World;
beforeAll(async () => {
  shop = await startCompanyApi({ secret: SECRET });
  const system = {
    COMPANY_API_URL: shop.url,
    TOOL_SHOP_URL: shop.url,
    ALLOW_TOOL_HOSTS: new URL(shop.url).host,
  };
  const patient = { INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000", REPLY_OVERLAP: "off" };
  world = await startWorld({
    env: { ...system, ...patient, COMPANY_API_SECRET: SECRET },
    withoutCompany: true,
  });
  await loadCompany(world, WORLD.phoneNumberId, await readCompanyFolder(join(PROJECT_DIRECTORY, "demo")));
});
afterAll(async () => {
  await world.close();
  await shop.close();
});

const bodyOf = (customer: Customer) => JSON.stringify(customer.replies().at(-1)?.body);

async function says(customer: Customer, words: string, overrides: Record<string, unknown> = {}) {
  await customer.send(words, overrides);
  await world.drain();
  return bodyOf(customer);
}

const tapYes = (customer: Customer) =>
  says(customer, "", tap(/act:([0-9a-f-]{36}):yes/.exec(bodyOf(customer))?.[1] ?? ""));

/** Whose order 1051 is still being prepared, and 1042 was sent. */
const ana = () => world.customer("51987654321");

test.each([
  [
    "es",
    "cambia la dirección de entrega de mi pedido 1051: Av. Arequipa 1234, Lince",
    "¿Cambio la dirección de entrega de tu pedido 1051 a: Av. Arequipa 1234, Lince?",
    "Listo, tu pedido 1051 va ahora a: Av. Arequipa 1234, Lince.",
  ],
  [
    "en",
    "change the delivery address of my order 1051: 12 Larco Avenue, Miraflores",
    "Shall I change the delivery address of your order 1051 to: 12 Larco Avenue, Miraflores?",
    "Done, your order 1051 now goes to: 12 Larco Avenue, Miraflores.",
  ],
  [
    "pt",
    "mude o endereço de entrega do meu pedido 1051: Rua das Flores 45, Lima",
    "Mudo o endereço de entrega do seu pedido 1051 para: Rua das Flores 45, Lima?",
    "Pronto, seu pedido 1051 agora vai para: Rua das Flores 45, Lima.",
  ],
])(
  "%s: the address is read back, and changed once the customer confirms",
  async (_language, words, question, done) => {
    const before = shop.addresses.get("1051");
    expect(await says(ana(), words)).toContain(question);
    expect(shop.addresses.get("1051")).toBe(before);
    expect(await tapYes(ana())).toContain(done);
    expect(shop.addresses.get("1051")).toBe(words.split(": ")[1]);
  },
);

test.each([
  [
    "1042",
    "El pedido 1042 ya salió del taller, así que su dirección ya no se puede cambiar. No cambié nada.",
  ],
  // Another customer's.
  ["1090", "No encuentro un pedido 1090 a tu nombre, así que no cambié nada."],
])("order %s: the system's refusal is told as it is", async (order, refusal) => {
  expect(await says(ana(), `cambia la dirección de entrega de mi pedido ${order}: Av. Brasil 20`)).toContain(
    `pedido ${order} a: Av. Brasil 20?`,
  );
  const told = await tapYes(ana());
  expect(told).toContain(refusal);
  // A person is a tap away.
  expect(told).toMatch(/act:[0-9a-f-]{36}:person/);
  expect(shop.addresses.has(order)).toBe(false);
});

test("an order is looked up as before, and the classifier knows the shop's table", async () => {
  expect(await says(ana(), "¿dónde está mi pedido 1042?")).toMatch(/Olva Courier/);
  const { intents } = await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"));
  expect(isLearnt(withOwn(intents))).toBe(true);
});
