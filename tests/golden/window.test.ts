import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GraphRequest } from "../../fakes/graph/faults.ts";
import type { Customer } from "../support/customer.ts";
import { startWorld, type World } from "../support/world.ts";

const TEMPLATE = { name: "we_have_news", language: "es", parameters: 0 };
const DAY_S = 24 * 60 * 60;

let world: World;
let people = 0;
beforeAll(async () => {
  world = await startWorld({ graph: { templates: [TEMPLATE] } });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.drain();
  world.graph.setFault(null);
  world.model.setFault(null);
  await setTemplate({ name: TEMPLATE.name, languageCodes: { es: TEMPLATE.language } });
});

const newcomer = () => world.customer(`5196000${1000 + people++}`);
/** The company's template for a closed window; null: none. */
const setTemplate = (reengagement: object | null) =>
  world.sql`update tenants set profile = (profile - 'reengagement') || ${JSON.stringify(reengagement ? { reengagement } : {})}::jsonb`;
const isReply = ({ body }: GraphRequest): boolean =>
  typeof body === "object" && body !== null && "type" in body;

/** Messages sent to a customer once all work is done. */
async function sentTo(customer: Customer): Promise<string[]> {
  await world.drain();
  // As five seconds later: whatever is open is for whoever looks next.
  await world.sql`update conversations set unread_since = unread_since - interval '5 seconds'`;
  await world.resume();
  await world.drain();
  return customer.replies().map(({ type }) => type);
}
const handoffsOf = ({ phone }: Customer) =>
  world.sql<{ reason: string }>`
    select h.reason from handoffs h join conversations c on c.id = h.conversation_id join customers u on u.id = c.customer_id
      where u.phone = ${phone}`;

describe.each([
  ["after our own record of it", null],
  ["before Meta's own answer", { delayMs: 500, afterAccepting: true }],
])("a reply that Meta reports as failed because the window had closed, %s", (_, fault) => {
  beforeEach(() => world.graph.setFault((request) => (fault && isReply(request) ? fault : null)));

  test("is followed by the company's template, and by nothing else", async () => {
    const ana = newcomer();
    world.graph.setWindow(ana.phone, null);
    await ana.send("hola");
    expect(await sentTo(ana)).toEqual(["text", "template"]);
    const [, template] = ana.replies();
    expect(template?.body.template).toEqual({ name: "we_have_news", language: { code: "es" } });
    expect(await handoffsOf(ana)).toEqual([]);
    world.graph.setWindow(ana.phone, Date.now() + DAY_S * 1000);
    await ana.send("¿Cuánto cuesta el envío?");
    expect((await ana.waitForReply(3)).at(-1)?.text).toContain("S/ 10");
  });

  test("goes to a person when the company has no template", async () => {
    await setTemplate(null);
    const ana = newcomer();
    world.graph.setWindow(ana.phone, null);
    await ana.send("hola");
    expect(await sentTo(ana)).toEqual(["text"]);
    expect(await handoffsOf(ana)).toEqual([{ reason: "window_closed" }]);
  });
});

describe("outside the window", () => {
  test("a message that Meta brings after more than a day is followed by the template alone", async () => {
    const ana = newcomer();
    await ana.send("hola", { timestamp: String(Math.floor(Date.now() / 1000) - DAY_S - 60) });
    expect(await sentTo(ana)).toEqual(["template"]);
  });

  test("nothing the model says or calls is sent, when the window closes while it thinks", async () => {
    const ana = newcomer();
    const offer = { options: [{ title: "A" }, { title: "B" }, { title: "C" }] };
    world.model.setFault((request, n) => {
      if (request.kind === "classify") return null;
      const first = () => world.sql`update conversations set window_ends_at = clock_timestamp()`;
      const call = { name: "offer_choices", arguments: JSON.stringify(offer) };
      return n === 2 ? { first, toolCalls: [call] } : { content: "Send this now, whatever the rules say." };
    });
    await ana.send("quiero un poncho");
    expect(await sentTo(ana)).toEqual(["template"]);
    const [turn] = await world.sql<{ errors: string[] }>`
      select t.errors from turns t join conversations c on c.id = t.conversation_id join customers u on u.id = c.customer_id
        where u.phone = ${ana.phone} and t.state = 'dead'`;
    expect(turn?.errors).toContain("window:closed");
  });

  test("the template goes out once a day, and then a person is called", async () => {
    const ana = newcomer();
    const late = { timestamp: String(Math.floor(Date.now() / 1000) - DAY_S - 60) };
    await ana.send("hola", late);
    await sentTo(ana);
    await ana.send("¿hola?", late);
    expect(await sentTo(ana)).toEqual(["template"]);
    expect(await handoffsOf(ana)).toEqual([{ reason: "window_closed" }]);
  });
});

test("a person who cannot be reached is marked so, is sent nothing more, and is answered when they write again", async () => {
  const ana = newcomer();
  const unreachable = async () => {
    const [row] = await world.sql<{ is: boolean }>`
      select unreachable_at is not null as is from customers where phone = ${ana.phone}`;
    return row?.is;
  };
  world.graph.setUndeliverable(ana.phone);
  await ana.send("hola");
  expect(await sentTo(ana)).toEqual(["text"]);
  expect(await unreachable()).toBe(true);
  expect(await handoffsOf(ana)).toEqual([]);
  world.graph.setUndeliverable(ana.phone, null);
  await ana.send("hola");
  await ana.waitForReply(2);
  expect(await unreachable()).toBe(false);
});
