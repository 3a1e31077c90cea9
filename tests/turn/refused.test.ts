import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RefusedPart } from "../../fakes/graph/refused-parts.ts";
import { newWaMessageId, webhookBody } from "../../host/meta-webhook.ts";
import type { Customer } from "../support/customer.ts";
import { sample } from "../support/seed.ts";
import { type Slack, startSlack } from "../support/slack.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

const TEMPLATE = { name: "we_have_news", language: "es", parameters: 0 };

let world: World;
let slack: Slack;
let people = 0;
const refused: RefusedPart[] = [];
const plans: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  slack = await startSlack();
  const env = { SLACK_WEBHOOK_URL: slack.url, STATUS_WAIT_MS: "400" };
  world = await startWorld({ env, graph: { templates: [TEMPLATE] } });
  const reengagement = { name: TEMPLATE.name, languageCodes: { es: TEMPLATE.language } };
  await world.sql`update tenants set profile = profile || ${JSON.stringify({ reengagement })}::jsonb`;
  world.model.setFault((request) => {
    if (request.kind === "classify") return null;
    const words = request.messages.findLast(({ role }) => role === "user")?.text ?? "";
    const called = OFFERS.find(([word]) => words.includes(word))?.[1];
    if (!called) return { content: "Claro, te ayudo." };
    return request.messages.at(-1)?.role === "tool"
      ? { content: "¿Cuál prefieres?" }
      : { toolCalls: [called] };
  });
  for (const plan of plans) await plan();
  world.graph.setRefused(refused);
  // A few at a time: all at once they would wait for each other's models.
  for (let at = 0; at < cases.length; at += 4) {
    await Promise.all(cases.slice(at, at + 4).map(({ write }) => write()));
    await world.drain();
  }
  await settled();
}, 60_000);
afterAll(async () => {
  await world.close();
  await slack.close();
});

const call = (name: string, input: object) => ({ name, arguments: JSON.stringify(input) });
const BUTTONS = ["Rojo", "Azul", "Verde"].map((title) => ({ title }));
const ROWS = [
  { title: "Talla S", description: "hasta 92 cm" },
  { title: "Talla M", description: "hasta 100 cm" },
];
/** The model's call by a word of the customer's. */
const OFFERS = [
  ["colores", call("offer_choices", { options: BUTTONS })],
  ["tallas", call("offer_choices", { options: ROWS, button: "Tallas" })],
  ["envío", call("request_location", {})],
] as const;

const BUTTONS_TEXT = "¿Cuál prefieres?\n\n1. Rojo\n2. Azul\n3. Verde";
const LIST_TEXT = "¿Cuál prefieres?\n\n1. Talla S: hasta 92 cm\n2. Talla M: hasta 100 cm";
const LOCATION_TEXT = "¿Cuál prefieres?\n\nPuedes enviarla con 📎 → Ubicación, o escribir la dirección.";
const WORDS = "Claro, te ayudo.";

interface Case {
  name: string;
  customer: Customer;
  write(): Promise<unknown>;
}
const cases: Case[] = [];

/** Waits until nothing is left to do, resends included. */
async function settled(): Promise<void> {
  for (let round = 1; round <= 4; round++) {
    // A report that overtakes the end of its turn has the turn tried again, some seconds later.
    await world.sql`update conversations set unread_since = unread_since - interval '5 seconds', retry_at = null`;
    await world.resume();
    await world.drain();
    const drafts = await world.sql`select from messages where direction = 'out' and state = 'draft'`;
    if (round > 1 && drafts.length === 0) return;
  }
}

/** Plans a customer who writes these words; in two messages of one delivery the reply quotes the second. */
function plan(
  name: string,
  words: readonly string[],
  parts: readonly Omit<RefusedPart, "to">[],
): () => Customer {
  const phone = `5193100${1000 + people++}`;
  let customer: Customer | null = null;
  plans.push(async () => {
    customer = world.customer(phone);
    cases.push({ name, customer, write: () => write(phone, words) });
  });
  refused.push(...parts.map((part) => ({ ...part, to: phone })));
  return () => customer ?? world.customer(phone);
}

const write = (from: string, words: readonly string[]) =>
  world.deliver(
    webhookBody(WORLD.phoneNumberId, {
      contacts: [{ profile: { name: "Ana" }, wa_id: from }],
      messages: words.map((body) => ({
        ...{ from, id: newWaMessageId(), timestamp: String(Math.floor(Date.now() / 1000)) },
        ...{ type: "text", text: { body } },
      })),
    }),
  );

/** What reached the phone. */
const delivered = (customer: Customer) =>
  customer.replies().filter(({ failureCode }) => failureCode === null);
const tries = ({ phone }: Customer) =>
  world.graph.requests.filter(({ body }) => (body as { to?: string; type?: string }).to === `+${phone}`)
    .length;
const handoffs = ({ phone }: Customer) =>
  world.sql<{ reason: string; summary: string; status: string; notified: number }>`
    select h.reason, h.summary, c.status from handoffs h join conversations c on c.id = h.conversation_id
      join customers u on u.id = c.customer_id where u.phone = ${phone}`;
const turns = ({ phone }: Customer) =>
  world.sql<{ state: string; rung: string }>`
    select t.state, t.rung from turns t join conversations c on c.id = t.conversation_id
      join customers u on u.id = c.customer_id where u.phone = ${phone} order by t.started_at`;

const buttons = ["¿Qué colores hay?"];
const list = ["¿Qué tallas hay?"];
const location = ["¿Hacen envío?"];
const burst = (words: readonly string[]) => ["¿Qué tienen en la tienda?", ...words];

describe("a part that Meta refuses for its form goes out once in the plainest form", () => {
  const every: [string, readonly string[], RefusedPart["part"], number, boolean, string][] = [
    ["buttons", buttons, "interactive", 131_009, false, BUTTONS_TEXT],
    ["buttons", buttons, "interactive", 131_009, true, BUTTONS_TEXT],
    ["buttons", buttons, "buttons", 131_008, false, BUTTONS_TEXT],
    ["buttons", buttons, "buttons", 100, false, BUTTONS_TEXT],
    ["buttons", buttons, "buttons", 135_000, true, BUTTONS_TEXT],
    ["buttons", buttons, "interactive", 999_999, false, BUTTONS_TEXT],
    ["buttons", buttons, "interactive", 999_999, true, BUTTONS_TEXT],
    ["a list", list, "list", 131_051, false, LIST_TEXT],
    ["a location request", location, "location_request", 131_009, false, LOCATION_TEXT],
    ["a location request", location, "location_request", 131_053, true, LOCATION_TEXT],
    ["a quote", burst(["¿Me ayudan?"]), "quote", 131_009, false, WORDS],
    ["a quote", burst(["¿Me ayudan?"]), "quote", 100, true, WORDS],
    ["buttons with a quote", burst(buttons), "interactive", 131_009, false, BUTTONS_TEXT],
    ["buttons with a quote", burst(buttons), "quote", 131_009, true, BUTTONS_TEXT],
  ];
  const rows = sample(every, every.length / 2);
  test.each(
    rows.map(([name, words, part, code, later, text]) => ({
      ...{ name, code, when: later ? "in a report" : "at once", later, text },
      customer: plan(name, words, [{ part, code, later }]),
    })),
  )("$name, $code $when", async ({ customer, text, later }) => {
    const ana = customer();
    expect(delivered(ana).map(({ type, text, quoteWaMessageId }) => [type, text, quoteWaMessageId])).toEqual([
      ["text", text, null],
    ]);
    expect(tries(ana)).toBe(2);
    expect(await handoffs(ana)).toEqual([]);
    const ended = (await turns(ana)).map(({ state }) => state);
    expect(ended).toEqual(later ? ["answered", "answered"] : ["answered"]);
  });

  const quoted = plan("quote named", burst(buttons), [{ part: "quote", code: 131_009 }]);
  test("only the quote, where Meta names it", () => {
    expect(delivered(quoted()).map(({ type, quoteWaMessageId }) => [type, quoteWaMessageId])).toEqual([
      ["interactive", null],
    ]);
  });

  const stubborn = plan("quote, then buttons", burst(buttons), [
    { part: "quote", code: 131_009 },
    { part: "interactive", code: 131_009 },
  ]);
  test("the quote first, then the buttons, where both are refused", () => {
    expect(delivered(stubborn()).map(({ type, text }) => [type, text])).toEqual([["text", BUTTONS_TEXT]]);
    expect(tries(stubborn())).toBe(3);
  });
});

describe("when nothing can go out, an operator is called once, with the code", () => {
  const every: [string, readonly string[], number, boolean, number][] = [
    ["words", ["¿Me ayudan?"], 131_009, false, 1],
    ["words", ["¿Me ayudan?"], 131_009, true, 1],
    ["words", ["¿Me ayudan?"], 131_000, false, 2],
    ["words", ["¿Me ayudan?"], 131_016, false, 2],
    ["words", ["¿Me ayudan?"], 131_048, false, 1],
    ["words", ["¿Me ayudan?"], 131_042, true, 1],
    ["words", ["¿Me ayudan?"], 999_999, false, 1],
    ["words", ["¿Me ayudan?"], 999_999, true, 1],
    ["buttons and their words", buttons, 131_009, false, 2],
    ["buttons and their words", buttons, 131_009, true, 2],
    ["buttons and their words", buttons, 999_999, false, 2],
  ];
  const rows = sample(every, every.length / 2);
  test.each(
    rows.map(([name, words, code, later, tried]) => ({
      ...{ name, code, when: later ? "in a report" : "at once", tried, later },
      customer: plan(name, words, [{ part: "any", code, later }]),
    })),
  )("$name, $code $when", async ({ customer, code, tried, later }) => {
    const ana = customer();
    expect(delivered(ana)).toEqual([]);
    expect(tries(ana)).toBe(tried);
    const summary = `The answer could not be delivered: Meta refused it with code ${code}.`;
    expect(await handoffs(ana)).toMatchObject([{ reason: "not_delivered", summary, status: "human" }]);
    if (!later) expect(await turns(ana)).toMatchObject([{ state: "dead" }]);
  });

  test("and notified each time", () => {
    const notified = slack.told.filter((text) => text.includes("not delivered"));
    expect(notified).toHaveLength(rows.length);
  });

  const pointless = ([131_026, 131_021, 130_403] as const).flatMap((code) =>
    [false, true].map((later) => ({
      ...{ code, when: later ? "in a report" : "at once" },
      customer: plan("unreachable", ["¿Me ayudan?"], [{ part: "any", code, later }]),
    })),
  );
  test.each(pointless)("but not for a customer who cannot be reached: $code $when", async ({ customer }) => {
    expect(tries(customer())).toBe(1);
    expect(await handoffs(customer())).toEqual([]);
  });
});

describe("when the window has closed and the template cannot help, an operator is called once", () => {
  const every: [number, boolean, boolean][] = [
    [132_001, false, false],
    [132_001, true, false],
    [132_015, false, true],
    [132_016, true, true],
    [131_049, true, true],
    [131_026, true, false],
    [131_000, false, false],
    [999_999, false, false],
  ];
  const rows = sample(every, every.length / 2);
  test.each(
    rows.map(([code, later, textLater]) => ({
      ...{ code, when: later ? "in a report" : "at once", closed: textLater ? "in a report" : "at once" },
      // An unclear answer is followed by one more send.
      tried: code === 131_000 ? 3 : 2,
      customer: plan(
        "window",
        ["¿me ayudan con mi pedido roto?"],
        [
          { part: "text", code: 131_047, later: textLater },
          { part: "template", code, later },
        ],
      ),
    })),
  )("$code $when, after 131047 $closed", async ({ customer, tried }) => {
    const ana = customer();
    expect(delivered(ana)).toEqual([]);
    expect(tries(ana)).toBe(tried);
    expect(await handoffs(ana)).toMatchObject([{ reason: "window_closed", status: "human" }]);
  });

  test("and notified each time", () => {
    expect(slack.told.filter((text) => text.includes("window closed"))).toHaveLength(rows.length);
  });
});

describe("what only the company can end", () => {
  const waiting = [131_030, 131_030, 190].map((code) =>
    plan("stopped", ["¿Me ayudan?"], [{ part: "any", code }]),
  );
  test("keeps the reply, and is told once a day with what to do", async () => {
    for (const customer of waiting) {
      expect(await turns(customer())).toMatchObject([{ state: "drafted" }]);
      expect(await handoffs(customer())).toEqual([]);
    }
    const alerts = slack.told.filter((text) => text.includes("sends no replies"));
    expect(alerts).toHaveLength(2);
    expect(alerts.find((text) => text.includes("131030"))).toMatch(/Add the recipient under To/);
  });
});
