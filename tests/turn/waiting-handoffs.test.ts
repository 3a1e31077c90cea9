/** A handoff that nobody takes: kind S13 of the field. Time passes by making everything in the database older. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { handBack, openHandoffs, takeOver } from "../../db/handoffs.ts";
import { newWaMessageId } from "../../host/meta-webhook.ts";
import { yesOrNo } from "../../lib/language/waiting.ts";
import { waitFor } from "../../lib/turn/answer/waiting.ts";
import type { CompanyProfile, OpeningHours } from "../../lib/types/company.ts";
import type { Customer } from "../support/customer.ts";
import { later as makeLater } from "../support/later.ts";
import { type Slack, startSlack } from "../support/slack.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

const ALWAYS: OpeningHours = Object.fromEntries(
  ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"].map((day) => [
    day,
    ["00:00-24:00"],
  ]),
);

let world: World;
let slack: Slack;
let people = 0;
beforeAll(async () => {
  slack = await startSlack();
  world = await startWorld({
    env: { SLACK_WEBHOOK_URL: slack.url, INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000" },
  });
});
afterAll(async () => {
  await world.close();
  await slack.close();
});
beforeEach(async () => {
  await world.sql`update handoffs set handed_back_at = now() where handed_back_at is null`;
  // Those that somebody has are another story: tests/console/handover.test.ts.
  await world.sql`update tenants set settings = '{"returnAfterMin": null, "csat": {"enabled": false}}'`;
  await opens(ALWAYS);
  slack.told.length = 0;
});

const opens = (hours: OpeningHours | null) =>
  world.sql`update tenants set profile = profile - 'openingHours'
    || case when ${JSON.stringify(hours)} = 'null' then '{"hours": "a veces"}'::jsonb
            else jsonb_build_object('openingHours', ${JSON.stringify(hours)}::jsonb) end`;

/** Closed all week but for three days from now, in Lima. */
const opensInThreeDays = (): OpeningHours => {
  const day = new Date(Date.now() + (3 * 24 - 5) * 3_600_000).getUTCDay();
  return { [Object.keys(ALWAYS)[day] ?? ""]: ["10:00-20:00"] };
};

const later = (interval: string) => makeLater(world, interval);

const newcomer = () => world.customer(`5191400${1000 + people++}`);
const said = (customer: Customer) =>
  customer.replies().map(({ text, body }) => text ?? JSON.stringify(body) ?? "");

/** Sends it, and returns what came for it. */
async function says(
  customer: Customer,
  text: string,
  overrides: Record<string, unknown> = {},
): Promise<string[]> {
  const before = customer.replies().length;
  await customer.send(text, overrides);
  await world.drain();
  return said(customer).slice(before);
}

async function cron(): Promise<void> {
  await world.resume();
  await world.drain();
}

const tap = (id: string, title: string) => ({
  type: "interactive",
  interactive: { type: "button_reply", button_reply: { id, title } },
});
const stateOf = async ({ phone }: Customer) => {
  const [row] = await world.sql<{ id: string; status: string; open: number; reminders: number }>`
    select c.id, c.status, count(h.id)::int as open, coalesce(max(h.reminders), 0)::int as reminders
      from conversations c join customers u on u.id = c.customer_id
      left join handoffs h on h.conversation_id = c.id and h.handed_back_at is null
      where u.phone = ${phone} group by c.id`;
  if (!row) throw new Error("no conversation");
  return row;
};

const STILL = /Seguimos buscando a una persona del equipo/;
const BACK = /Nuestro equipo atiende de nuevo (el|la) .* a las 10:00/;
const ASKS = "quiero hablar con una persona";

async function asked(customer: Customer, text = ASKS): Promise<void> {
  expect(await says(customer, text)).toHaveLength(1);
  expect(await stateOf(customer)).toMatchObject({ status: "human", open: 1 });
  slack.told.length = 0;
}

test.each<[string, string, RegExp, string, Record<string, unknown>]>([
  ["a question", ASKS, STILL, "¿Cuánto cuesta el envío?", {}],
  ["a word", "me comunicas con un asesor por favor", STILL, "sí", {}],
  ["a tap", ASKS, STILL, "", tap("go_on", "Sí, sigamos")],
  [
    "a question in English",
    "I want to talk to a person",
    /We're still looking for someone/,
    "do you have ponchos?",
    {},
  ],
  [
    "a question in Portuguese",
    "quero falar com uma pessoa",
    /Ainda estamos procurando uma pessoa/,
    "vocês têm ponchos?",
    {},
  ],
])(
  "who waits hears once that nobody has come, and %s is answered by the bot",
  async (_name, asks, ...[notice, answer, overrides]) => {
    const customer = newcomer();
    await asked(customer, asks);
    expect(await says(customer, "¿hola?")).toEqual([]);
    await later("29 minutes");
    await cron();
    expect(said(customer)).toHaveLength(1);
    await later("2 minutes");
    // Two crons at once.
    await Promise.all([cron(), cron()]);
    await cron();
    expect(said(customer)).toHaveLength(2);
    expect(said(customer).at(-1)).toMatch(notice);
    expect(slack.told).toEqual([expect.stringMatching(/Tambo: a customer still waits for a person/)]);
    expect(await says(customer, answer, overrides)).toHaveLength(1);
    if (answer.endsWith("?"))
      expect(world.model.requests.at(-1)?.messages[0]?.text).toMatch(/They asked for a person earlier/);
    // People can still take it.
    const { id, open, status } = await stateOf(customer);
    expect([status, open]).toEqual(["bot", 1]);
    expect((await openHandoffs(world)).map(({ conversationId }) => conversationId)).toContain(id);
    expect(await handBack(world, id)).toBe(true);
  },
);

test.each<[string, Record<string, unknown>]>([
  ["", tap("wait_for_person", "Espero a una persona")],
  ["Prefiero esperar", {}],
])(
  "who would rather wait (%j) waits anew: the company hears of it, and the bot is silent until that wait is over",
  async (answer, overrides) => {
    const customer = newcomer();
    await asked(customer);
    await later("31 minutes");
    await cron();
    slack.told.length = 0;
    expect(await says(customer, answer, overrides)).toEqual([
      expect.stringMatching(/una persona del equipo te responderá/),
    ]);
    expect(slack.told).toEqual([expect.stringMatching(/a customer is waiting for a person/)]);
    expect(await says(customer, "gracias")).toEqual([]);
    expect(await stateOf(customer)).toMatchObject({ status: "human", open: 1 });
    await later("31 minutes");
    await cron();
    expect(said(customer).at(-1)).toMatch(STILL);
  },
);

test("a notice that was written down and not sent is sent once by the next process", async () => {
  const customer = newcomer();
  await asked(customer);
  await later("31 minutes");
  await world.sql`select end_waits(50)`;
  await later("10 seconds");
  await Promise.all([cron(), cron()]);
  expect(said(customer).filter((text) => STILL.test(text))).toHaveLength(1);
});

test("any delivery ends the waits that are due, where a cron comes once a day", async () => {
  const customer = newcomer();
  await asked(customer);
  await later("31 minutes");
  await says(newcomer(), "hola");
  expect(said(customer).at(-1)).toMatch(STILL);
  expect(slack.told).toHaveLength(1);
});

test("three days later ¿hola? is answered, and the company reminded", async () => {
  const customer = newcomer();
  await asked(customer);
  await later("3 days");
  expect(await says(customer, "¿hola?")).toHaveLength(1);
  expect(said(customer).some((text) => STILL.test(text))).toBe(false);
  await cron();
  expect(slack.told).toEqual([expect.stringMatching(/still waits for a person.*for 72 hours/s)]);
});

test("after the 24 hours only the company hears, once a day and three times in all", async () => {
  const customer = newcomer();
  await asked(customer);
  for (let day = 0; day < 6; day++) {
    await later("25 hours");
    await cron();
    await cron();
  }
  expect(said(customer)).toHaveLength(1);
  expect(slack.told).toHaveLength(3);
});

describe("outside opening hours", () => {
  test("who writes while they wait is told once when people are back, and then answered", async () => {
    await opens(opensInThreeDays());
    const customer = newcomer();
    await asked(customer);
    await later("2 hours");
    await cron();
    expect(said(customer)).toHaveLength(1);
    expect(slack.told).toEqual([]);
    expect(await says(customer, "es por mi pedido 1042")).toEqual([expect.stringMatching(BACK)]);
    const answer = await says(customer, "¿Cuánto cuesta el envío?");
    expect(answer).toHaveLength(1);
    expect(answer[0]).not.toMatch(BACK);
    expect(await stateOf(customer)).toMatchObject({ status: "bot", open: 1 });
  });

  test("hours that nobody knows count as any others", async () => {
    await opens(null);
    const customer = newcomer();
    await asked(customer);
    await later("31 minutes");
    await cron();
    expect(said(customer).at(-1)).toMatch(STILL);
  });
});

describe("a handoff that somebody has is left alone", () => {
  test("answered from the phone app", async () => {
    const customer = newcomer();
    await asked(customer);
    const echo = {
      from: "15550001111",
      to: customer.phone,
      id: newWaMessageId(),
      type: "text",
      text: { body: "Hola" },
    };
    const metadata = { display_phone_number: "15550001111", phone_number_id: WORLD.phoneNumberId };
    const value = {
      messaging_product: "whatsapp",
      metadata,
      message_echoes: [{ ...echo, timestamp: String(Math.floor(Date.now() / 1_000)) }],
    };
    await world.deliver({
      object: "whatsapp_business_account",
      entry: [{ id: "1", changes: [{ field: "smb_message_echoes", value }] }],
    });
    await world.drain();
    await later("2 hours");
    await cron();
    expect(await says(customer, "¿sigue ahí?")).toEqual([]);
    expect(said(customer)).toHaveLength(1);
    expect(slack.told).toEqual([]);
  });

  test("taken", async () => {
    const customer = newcomer();
    await asked(customer);
    const { id } = await stateOf(customer);
    await takeOver(world, id, { reason: "taken_over", summary: "mine" });
    await later("3 days");
    await cron();
    expect(await says(customer, "¿hola?")).toEqual([]);
    expect(slack.told).toEqual([]);
  });

  test("taken while the bot goes on", async () => {
    const customer = newcomer();
    await asked(customer);
    await later("31 minutes");
    await cron();
    await takeOver(world, (await stateOf(customer)).id, { reason: "taken_over", summary: "mine" });
    expect(await says(customer, "¿hola?")).toEqual([]);
    await later("2 days");
    await cron();
    expect(said(customer)).toHaveLength(2);
  });

  test("of somebody who wants no messages", async () => {
    const customer = newcomer();
    await asked(customer);
    await says(customer, "STOP");
    const before = said(customer).length;
    await later("31 minutes");
    await cron();
    expect(said(customer)).toHaveLength(before);
  });
});

describe("the wait", () => {
  const company = (openingHours: OpeningHours): CompanyProfile => ({
    ...{
      name: "Tambo",
      about: "a",
      tone: "b",
      hours: "",
      timeZone: "America/Lima",
      language: "es",
      contact: "",
    },
    openingHours,
  });
  const SHOP: OpeningHours = { friday: ["10:00-20:00"], monday: ["10:00-20:00"] };
  const wait = (at: string, hours: OpeningHours, reason = "customer_request") => {
    const nowMs = Date.parse(`${at}-05:00`);
    const claim = { tenant: { profile: company(hours) } } as Parameters<typeof waitFor>[2]["claim"];
    const limits = { handoffWaitMs: 30 * 60_000 } as Parameters<typeof waitFor>[2]["deps"]["limits"];
    const deps = { limits, clock: { now: () => nowMs } as Parameters<typeof waitFor>[2]["deps"]["clock"] };
    const { dueAtMs, notices } = waitFor({ reason, summary: "" }, "es", { claim, deps });
    const local = (ms: number) => new Date(ms - 5 * 3_600_000).toISOString().slice(0, 16);
    const { away } = notices;
    return [
      local(dueAtMs),
      away && `${local(away.fromMs)}/${local(away.untilMs)}`,
      Object.keys(notices).length,
    ];
  };

  test.each([
    ["2026-11-27T12:00", SHOP, "2026-11-27T12:30", undefined, 1],
    ["2026-11-27T19:50", SHOP, "2026-11-30T10:20", "2026-11-27T20:00/2026-11-30T10:00", 2],
    ["2026-11-28T12:00", SHOP, "2026-11-30T10:30", "2026-11-28T12:00/2026-11-30T10:00", 2],
    ["2026-11-28T12:00", {}, "2026-11-28T12:30", undefined, 1],
    ["2026-11-28T12:00", ALWAYS, "2026-11-28T12:30", undefined, 1],
  ] as const)("that begins at %s is over within opening hours", (at, hours, ...expected) => {
    expect(wait(at, hours)).toEqual(expected);
  });

  test("of another bot tells it nothing", () => {
    expect(wait("2026-11-27T12:00", SHOP, "repeating")).toEqual(["2026-11-27T12:30", undefined, 0]);
  });
});

test.each([
  [
    "yes",
    "sí; ok dale; claro, sigamos; vale; Sí, gracias; sim, por favor; pode ser; bora; sure!; go ahead; let's go on",
  ],
  [
    "no",
    "no; no, espero; mejor espero a alguien; no gracias, espero; bueno, espero; não, vou esperar; I'll wait; no thanks, I'd rather wait",
  ],
  [
    "null",
    "no llegó mi pedido; sí, ¿tienen ponchos?; espero mi reembolso; ok, el 1042; quiero un poncho; claro que no funciona; 👍",
  ],
])("an answer to the offer to go on is %s: %s", (answer, texts) => {
  for (const text of texts.split("; ")) expect([text, String(yesOrNo(text))]).toEqual([text, answer]);
});
