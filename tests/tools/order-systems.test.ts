/** Two companies of one deployment with two order systems: the deployment's, and one of a company's own. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { OrdersView } from "../../contracts/console/thread.ts";
import { loadCompany, readCompany } from "../../db/company.ts";
import { type CompanyApi, startCompanyApi } from "../../fakes/company-api.ts";
import { createRecordsOf } from "../../lib/tools/records.ts";
import type { DeclaredTool, OrdersVia } from "../../lib/types/tools/declared.ts";
import { signedInAs } from "../console/member.ts";
import { createCustomer } from "../support/customer.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { json, NOW_MS, never, runnerFor, startSystem } from "./http/system.ts";
import { recordsAt } from "./order-records.ts";

const ANA = "51987654321";
const B = "208812345678901";
const OF_B = {
  accessToken: "EAAtest-other-token-9876543210",
  appSecret: "test-other-secret-9876543210abcdef",
};
const ORDER = { number: "B-7", status: "lost at sea", placedOn: "2026-03-03", items: [], total: "1" };

const orderSystem = (via: Omit<OrdersVia, "kind">): DeclaredTool => ({
  ...{ name: "orders", description: "Orders of B's own system" },
  input: { type: "object", properties: { number: { type: ["string", "null"] } } },
  via: { kind: "orders", ...via },
});

let own: CompanyApi;
let world: World;
beforeAll(async () => {
  own = await startCompanyApi({ secret: "secret of B" });
  world = await startWorld({
    env: {
      ...{ REPLY_OVERLAP: "off", INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000" },
      ...{ TOOL_ORDERS_URL: own.url, TOOL_ORDERS_SECRET: "secret of B" },
      ALLOW_TOOL_HOSTS: new URL(own.url).host,
      WHATSAPP_NUMBERS: JSON.stringify([{ phoneNumberId: B, ...OF_B }]),
    },
    graph: { accessTokens: { [B]: OF_B.accessToken }, appSecrets: { [B]: OF_B.appSecret } },
  });
  const company = await readCompany(world, WORLD.phoneNumberId);
  if (!company) throw new Error("the world has a company");
  const tools = [orderSystem({ url: `\${env:TOOL_ORDERS_URL}`, context: "TOOL_ORDERS_SECRET" })];
  await loadCompany(world, B, { ...company, tools });
});
afterAll(async () => {
  await world.close();
  await own.close();
});
beforeEach(() => {
  own.setFault(null);
});

const customerOfB = (phone: string) =>
  createCustomer({ phone, name: "Ana", phoneNumberId: B }, world.graph, (body) =>
    world.deliver(body, { secret: OF_B.appSecret }),
  );

test("each company's customers are asked about in its own system, and nowhere else", async () => {
  const before = world.company.requests.length;
  const ofA = world.customer(ANA);
  await ofA.send("¿Dónde está mi pedido 1042?");
  await world.drain();
  expect(world.company.requests.length).toBe(before + 1);
  expect(own.requests).toEqual([]);
  const ofB = customerOfB(ANA);
  await ofB.send("¿Dónde está mi pedido 1042?");
  await world.drain();
  expect(ofB.replies()[0]?.text).toContain("1042");
  expect(world.company.requests.length).toBe(before + 1);
  expect(own.requests).toEqual([{ customer: { phone: ANA, user_id: null }, number: "1042" }]);
});

test("the console shows an operator the orders of the company's own system", async () => {
  own.setFault(() => ({ status: 200, body: JSON.stringify({ orders: [ORDER] }) }));
  const [row] = await world.sql<{ conversation: string; tenant: string }>`
    select c.id as conversation, t.id as tenant from conversations c join tenants t on t.id = c.tenant_id
      where t.phone_number_id = ${B}`;
  const agent = await signedInAs(world, "agent");
  await world.sql`update memberships set tenant_id = ${row?.tenant ?? ""}::uuid where operator_id = ${agent.operatorId}::uuid`;
  const url = `${world.url}/api/console/t/${row?.tenant}/conversations/${row?.conversation}/orders`;
  const orders = (await (await fetch(url, { headers: { cookie: agent.cookie } })).json()) as OrdersView;
  expect(orders).toMatchObject({ state: "ok", orders: [{ number: "B-7" }] });
});

test("a customer gets an answer while the order system is down, and it is left alone for a while", async () => {
  let asked = 0;
  own.setFault(() => {
    asked++;
    return { status: 500 };
  });
  for (let n = 0; n < 7; n++) {
    const customer = customerOfB(`5198800000${n}`);
    await customer.send("¿Dónde está mi pedido 1042?");
    await world.drain();
    expect(customer.replies()).toHaveLength(1);
  }
  expect(asked).toBe(5);
  const turns = await world.sql<{
    errors: string[];
  }>`select errors from turns order by started_at desc limit 2`;
  expect(turns.map(({ errors }) => errors)).toEqual([["tool:circuit_open"], ["tool:circuit_open"]]);
});

const behindGuard = (url: string, allowed: readonly string[] = [], resolve?: () => Promise<string[]>) => {
  const { runner } = runnerFor({ allowed, ...(resolve && { resolve }) });
  return createRecordsOf(runner, null)({ id: "b", phoneNumberId: B, tools: [orderSystem({ url })] });
};
const customer = { phone: ANA, waUserId: null };

test("a company's own address that is private, leads to one, or redirects is refused", async () => {
  const secret = await startSystem(json({ orders: [ORDER] }));
  await expect(behindGuard(secret.url)?.orders(customer, null, never)).rejects.toMatchObject({
    code: "refused_address",
  });
  const inward = behindGuard("https://shop.example", [], async () => ["10.0.0.7"]);
  await expect(inward?.orders(customer, null, never)).rejects.toMatchObject({ code: "refused_address" });
  const away = await startSystem(
    (_, response) => void response.writeHead(302, { location: `${secret.url}/orders/search` }).end(),
  );
  await expect(behindGuard(away.url, [away.host])?.orders(customer, null, never)).rejects.toMatchObject({
    code: "redirect",
  });
  expect(secret.received).toEqual([]);
});

test("a company without one has the deployment's, and none where there is neither", async () => {
  const { runner } = runnerFor();
  expect(createRecordsOf(runner, null)({ id: "a", phoneNumberId: "1", tools: [] })).toBeNull();
  const missing = createRecordsOf(
    runner,
    null,
  )({
    ...{ id: "b", phoneNumberId: B },
    tools: [orderSystem({ url: `\${env:TOOL_GONE}` })],
  });
  await expect(missing?.orders(customer, null, never)).rejects.toMatchObject({ code: "missing_variable" });
});

test("the wire is as it always was, to the byte", async () => {
  const system = await startSystem(json({ orders: [] }));
  const clock = { now: () => NOW_MS, sleep: async () => undefined };
  const ask = (phone: string | null, waUserId: string | null) =>
    recordsAt(`${system.url}/api`, { clock }).orders({ phone, waUserId }, "A-1", never);
  await ask("5215577788899", null);
  await ask(null, "PE.1");
  expect(system.received.map(({ body }) => body)).toEqual([
    '{"customer":{"phone":"5215577788899","user_id":null,"phones":["5215577788899","525577788899"]},"number":"A-1"}',
    '{"customer":{"phone":null,"user_id":"PE.1"},"number":"A-1"}',
  ]);
  const [{ method, url, headers } = system.received[0] as never] = system.received;
  expect({ method, url }).toEqual({ method: "POST", url: "/api/orders/search" });
  expect(headers).toMatchObject({ "content-type": "application/json", accept: "application/json" });
  expect(headers).not.toHaveProperty("x-chasqui-context");
  expect(headers["x-chasqui-signature"]).toMatchInlineSnapshot(
    `"t=1795996800,v1=2b76d2cb7a3ed94abdacb6fb8a73787826e369f0326b2292b8c3e1741640b573"`,
  );
});
