import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { newWaMessageId } from "../../host/meta-webhook.ts";
import { sample } from "../support/seed.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

const OUR_PHONE = "15550001111";
const RATE_LIMIT = 4;

let world: World;
beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMIT: String(RATE_LIMIT) } });
});
afterEach(() => {
  world.graph.setFault(null);
});
afterAll(() => world.close());

const nowS = () => String(Math.floor(Date.now() / 1000));
const message = (names: object, content: object = {}) => ({
  ...names,
  id: newWaMessageId(),
  timestamp: nowS(),
  ...content,
});
const textOf = (body: string) => ({ type: "text", text: { body } });

async function deliver(field: string, value: object): Promise<void> {
  const metadata = { display_phone_number: OUR_PHONE, phone_number_id: WORLD.phoneNumberId };
  const changes = [{ field, value: { messaging_product: "whatsapp", metadata, ...value } }];
  const body = { object: "whatsapp_business_account", entry: [{ id: "WABA", changes }] };
  expect((await world.deliver(body)).status).toBe(200);
  await world.drain();
}
const says = (phone: string, body: string) =>
  deliver("messages", {
    contacts: [{ profile: { name: "Ana" }, wa_id: phone }],
    messages: [message({ from: phone }, textOf(body))],
  });
/** An operator writes from the WhatsApp Business app. */
const echo = (phone: string, body: string) =>
  deliver("smb_message_echoes", {
    message_echoes: [message({ from: OUR_PHONE, to: phone }, textOf(body))],
  });

/** Requests to send a message to this customer, by address. */
const sentTo = (phones: readonly string[]): string[] =>
  world.graph.requests
    .map(({ body }) => body as { to?: string; type?: string })
    .flatMap(({ to = "" }) => (phones.includes(to.slice(1)) ? [to.slice(1)] : []));
const customers = (phones: readonly string[]) =>
  world.sql<{ phone: string; messages: number }>`
    select u.phone, (select count(*)::int from messages where conversation_id = c.id and direction = 'in') as messages
      from customers u join conversations c on c.customer_id = u.id where ${JSON.stringify(phones)}::jsonb ? u.phone`;

/** Two spellings that Meta may deliver, in the order in which it does; `NN` makes each case another customer. */
const PAIRS = {
  "Brazil, with and without the ninth digit": ["55119876500NN", "5511876500NN"],
  "Brazil, without and with it": ["5531876500NN", "55319876500NN"],
  "Mexico, with and without the 1": ["52155123400NN", "5255123400NN"],
  "Argentina, with and without the 9": ["54911223300NN", "5411223300NN"],
  "Argentina, with the 9 and with 15": ["54922341200NN", "542231541200NN"],
  "Benin, before and after 2024": ["229971200NN", "22901971200NN"],
} as const;
let people = 10;
const newcomer = (pair: readonly string[]): [string, string] => {
  people += 1;
  const [first = "", second = ""] = pair.map((phone) => phone.replace("NN", String(people)));
  return [first, second];
};

describe.each(sample(Object.entries(PAIRS), 2))("two spellings are one person: %s", (_, pair) => {
  test("one history, one answer to each, the orders of both, and a pause after an operator's message to either", async () => {
    const [first, second] = newcomer(pair);
    await says(first, "hola, me gusta el rojo");
    await says(second, "¿Dónde está mi pedido 1042?");
    expect(await customers([first, second])).toEqual([{ phone: second, messages: 2 }]);
    expect(world.model.requests.at(-1)?.messages.map(({ text }) => text)).toContain("hola, me gusta el rojo");
    const asked = world.company.requests.at(-1)?.customer;
    expect(asked).toMatchObject({ phone: second, phones: expect.arrayContaining([first, second]) });
    await echo(first, "Hola, soy Rosa.");
    await says(second, "gracias");
    // The spelling that the customer's own message had.
    expect(await customers([first, second])).toEqual([{ phone: second, messages: 3 }]);
    expect(sentTo([first, second])).toEqual([first, second]);
  });

  test("an opt-out under one holds under the other, and both count for one rate limit", async () => {
    const [first, second] = newcomer(pair);
    await says(first, "BAJA");
    await says(second, "hola");
    expect(sentTo([first, second])).toEqual([first]);
    const emoji = { type: "reaction", reaction: { message_id: "wamid.none", emoji: "👍" } };
    const messages = Array.from({ length: RATE_LIMIT }, (_each, index) =>
      message({ from: index % 2 === 0 ? first : second }, emoji),
    );
    await deliver("messages", { contacts: [], messages });
    const limited = await world.sql`
      select count(*)::int as count from messages m join conversations c on c.id = m.conversation_id
        join customers u on u.id = c.customer_id
        where ${JSON.stringify([first, second])}::jsonb ? u.phone and m.state = 'rate_limited'`;
    expect(limited).toEqual([{ count: 2 }]);
  });
});

test("an order is found under another spelling than WhatsApp's", async () => {
  await says("551187654321", "Onde está o meu pedido 1077?");
  expect(world.graph.sent.at(-1)).toMatchObject({ phone: "551187654321" });
  expect(JSON.stringify(world.graph.sent.at(-1))).toContain("1077");
});

test("two people of before become one with the next message, whatever either has said", async () => {
  const [first, second] = newcomer(PAIRS["Mexico, with and without the 1"]);
  await says(first, "hola, me gusta el azul");
  // As the release before stored it.
  await world.sql`update customers set phone = 'before' where phone = ${first}`;
  await says(second, "hola, busco un poncho");
  await world.sql`update customers set phone = ${first} where phone = 'before'`;
  expect(await customers([first, second])).toHaveLength(2);
  await says(first, "¿Cuánto cuesta el envío?");
  expect(await customers([first, second])).toEqual([{ phone: first, messages: 3 }]);
  const read = world.model.requests.at(-1)?.messages.map(({ text }) => text);
  expect(read).toEqual(expect.arrayContaining(["hola, me gusta el azul", "hola, busco un poncho"]));
});

describe("a test number that lists its recipients in one spelling", () => {
  const listing = (listed: string | null) =>
    world.graph.setFault(({ body }) => {
      const { to } = body as { to?: string };
      if (to === undefined || to === `+${listed}`) return null;
      return {
        status: 400,
        body: { error: { code: 131_030, message: "Recipient phone number not in allowed list" } },
      };
    });

  test.each([
    ["Argentina, listed with 15", "5491122334501", "54111522334501"],
    ["Argentina, listed without the 9", "5491122334502", "541122334502"],
    ["Mexico", "5215512345603", "525512345603"],
    ["Brazil", "551187654304", "5511987654304"],
  ])("%s: the reply goes there, and the next one at once", async (_, phone, listed) => {
    listing(listed);
    await says(phone, "hola");
    const first = world.graph.sent.filter((sent) => sent.phone === listed);
    expect(first).toHaveLength(1);
    const before = world.graph.requests.length;
    await says(phone, "¿Cuánto cuesta el envío?");
    expect(world.graph.sent.filter((sent) => sent.phone === listed)).toHaveLength(2);
    const addresses = world.graph.requests.slice(before).map(({ body }) => (body as { to?: string }).to);
    expect(addresses.filter(Boolean)).toEqual([`+${listed}`]);
  });

  test("that lists none of them is asked once for each", async () => {
    listing(null);
    await says("5491122334405", "hola");
    const spellings = ["5491122334405", "541122334405", "54111522334405"];
    expect(sentTo(spellings)).toEqual(spellings);
  });
});

test.each([
  ["from and wa_id", { from: "PE.13491208655302742001" }, { wa_id: "PE.13491208655302742001" }],
  ["from alone", { from: "PE.13491208655302742002" }, {}],
  ["wa_id alone", {}, { wa_id: "PE.13491208655302742003" }],
  ["a parent id", { from_parent_user_id: "PE.ENT.1349120865530274" }, {}],
])("a user id in %s is answered by recipient", async (_, names, contact) => {
  await deliver("messages", {
    contacts: [{ profile: { name: "Luz" }, ...contact }],
    messages: [message(names, textOf("¿tienen café molido?"))],
  });
  const [id] = [...Object.values(names), ...Object.values(contact)];
  const body = world.graph.requests.at(-1)?.body;
  expect(body).toMatchObject({ recipient: id, type: "text" });
  expect(body).not.toHaveProperty("to");
});
