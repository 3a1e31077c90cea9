import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { voiceNote } from "../media/support.ts";
import type { Customer } from "../support/customer.ts";
import { type Slack, startSlack } from "../support/slack.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
let slack: Slack;
let people = 0;

beforeAll(async () => {
  slack = await startSlack();
  const limits = { BUDGET_TURNS: "10", BUDGET_SOUND_S: "100", BUDGET_USD: "10" };
  world = await startWorld({ env: { ...limits, SLACK_WEBHOOK_URL: slack.url } });
});
afterAll(async () => {
  await world.close();
  await slack.close();
});
beforeEach(async () => {
  world.model.setFault(null);
  await world.sql`delete from usage`;
  await world.sql`delete from daily_alerts`;
  slack.told.length = 0;
});

/** A customer who has written once and has this usage today. */
async function customerWith({ turns = 0, soundSeconds = 0 }): Promise<Customer> {
  people += 1;
  const customer = world.customer(`5191100${1000 + people}`);
  await customer.send("hola");
  await customer.waitForReply();
  await world.drain();
  await world.sql`
    update conversations c set usage_turns = ${turns}, usage_sound_s = ${soundSeconds}
      from customers u where u.id = c.customer_id and u.phone = ${customer.phone}`;
  world.model.requests.length = 0;
  return customer;
}

/** Today's usage of the number. */
async function numberHasUsed(usd: number): Promise<void> {
  await world.sql`
    insert into usage (tenant_id, day, share, usd)
      select id, (clock_timestamp() at time zone 'UTC')::date, 99, ${usd} from tenants
        where phone_number_id = ${WORLD.phoneNumberId}`;
}

/** The customer's next message: its reply, the turn, who has the conversation, the models that were asked. */
async function next(customer: Customer, send: () => Promise<unknown>) {
  const before = customer.replies().length;
  await send();
  const replies = await customer.waitForReply(before + 1);
  await world.drain();
  const [turn] = await world.sql<{
    rung: string;
    state: string;
    language: string;
    status: string;
    reason: string | null;
  }>`
    select t.rung, t.state, t.language, c.status, h.reason
      from customers u join conversations c on c.customer_id = u.id join turns t on t.conversation_id = c.id
           left join handoffs h on h.turn_id = t.id
      where u.phone = ${customer.phone} order by t.started_at desc limit 1`;
  return { text: replies.at(-1)?.text ?? "", turn, models: world.model.requests.map(({ model }) => model) };
}

const ask = (customer: Customer, text = "¿Cuánto cuesta el envío?") =>
  next(customer, () => customer.send(text));

describe("a person's turns", () => {
  test("under 80 % nobody is told, and the reply model answers", async () => {
    const { models, turn } = await ask(await customerWith({ turns: 7 }));
    expect(models).toContain("gpt-4o");
    expect(turn).toMatchObject({ rung: "full", status: "bot" });
    expect(slack.told).toEqual([]);
  });

  test("from 80 % on the company is told once, and nothing changes", async () => {
    const customer = await customerWith({ turns: 8 });
    const { models, turn } = await ask(customer);
    await ask(customer, "¿Y a Cusco?");
    expect(models).toContain("gpt-4o");
    expect(turn).toMatchObject({ rung: "full" });
    expect(slack.told).toHaveLength(1);
    expect(slack.told[0]).toMatch(/turns of one customer are nearly used up \(8 of 10/);
    expect(slack.told[0]).not.toContain(customer.phone.slice(-7));
  });

  test("from 100 % on the fallback model answers with its tools, and the company is told once", async () => {
    const customer = await customerWith({ turns: 10 });
    const { models, turn, text } = await ask(customer);
    await ask(customer, "¿Y a Cusco?");
    expect(text).toContain("S/ 10");
    expect(turn).toMatchObject({ rung: "fallback_model", status: "bot" });
    expect(new Set(models)).toEqual(new Set(["gpt-4o-mini"]));
    expect(world.model.requests.some(({ tools }) => tools.length > 0)).toBe(true);
    expect(slack.told).toHaveLength(1);
    expect(slack.told[0]).toMatch(/turns of one customer are used up \(10 of 10/);
  });

  test.each([
    ["¿Cuánto cuesta el envío?", "es", /Por hoy/],
    ["How much is shipping to Canada?", "en", /today/],
    ["quanto custa o frete para o Brasil?", "pt", /Por hoje/],
  ])("from 120 % on no model is asked: fixed words and a person (%s)", async (question, language, words) => {
    const customer = await customerWith({ turns: 12 });
    const { models, turn, text } = await ask(customer, question);
    expect(models).toEqual([]);
    expect(text).toMatch(words);
    expect(turn).toEqual({
      rung: "fixed",
      state: "answered",
      language,
      status: "human",
      reason: "budget_person",
    });
    expect(slack.told).toHaveLength(1);
    expect(slack.told[0]).toMatch(/a customer is waiting for a person \(budget person/);
    await customer.send("¿hola?");
    await world.drain();
    expect(world.model.requests).toEqual([]);
  });

  test("are counted by the turn, one by one, and begin anew with the day", async () => {
    const customer = await customerWith({ turns: 11 });
    expect((await ask(customer)).turn).toMatchObject({ rung: "fallback_model" });
    await world.sql`
      update conversations c set usage_day = usage_day - 1 from customers u where u.id = c.customer_id and u.phone = ${customer.phone}`;
    expect((await ask(customer, "¿Y a Cusco?")).turn).toMatchObject({ rung: "full" });
  });

  test("who wants no more messages is heard also when they are used up", async () => {
    const { turn, text } = await ask(await customerWith({ turns: 12 }), "baja");
    expect(text).toContain("no te escribiremos más");
    expect(turn).toMatchObject({ status: "bot", reason: null });
  });
});

describe("a number's dollars", () => {
  test("from 100 % on everybody gets the fallback model", async () => {
    const customer = await customerWith({});
    await numberHasUsed(10);
    const { models, turn } = await ask(customer);
    expect(turn).toMatchObject({ rung: "fallback_model", status: "bot" });
    expect(models).not.toContain("gpt-4o");
    expect(slack.told).toHaveLength(1);
    expect(slack.told[0]).toMatch(/model dollars of this number are used up \(10 of 10/);
  });

  test("from 120 % on each customer waits for a person, and the company is told once for all", async () => {
    const customers = [await customerWith({}), await customerWith({}), await customerWith({ turns: 12 })];
    await numberHasUsed(12);
    for (const customer of customers) {
      const { models, turn } = await ask(customer);
      expect(models).toEqual([]);
      expect(turn).toMatchObject({ rung: "fixed", status: "human", reason: "budget_number" });
    }
    expect(slack.told).toHaveLength(1);
    expect(slack.told[0]).toMatch(/each customer who writes is passed to a person/);
  });

  test("are booked with each reply", async () => {
    const spent = async () => {
      const [row] = await world.sql<{ usd: number }>`select coalesce(sum(usd), 0)::float8 as usd from usage`;
      return row?.usd ?? 0;
    };
    const customer = await customerWith({});
    await world.sql`delete from usage`;
    await ask(customer);
    const [turn] = await world.sql<{ usd: number }>`
      select cost_usd::float8 as usd from turns order by started_at desc limit 1`;
    expect(turn?.usd).toBeGreaterThan(0);
    expect(await spent()).toBeCloseTo(turn?.usd ?? 0, 6);
  });
});

describe("a person's sound", () => {
  const say = (customer: Customer, seconds: number, words: string) =>
    next(customer, () => {
      const bytes = voiceNote(seconds, words);
      const id = world.graph.media.put({ bytes, mimeType: "audio/ogg; codecs=opus" }, WORLD.phoneNumberId);
      const audio = { id, mime_type: "audio/ogg; codecs=opus", sha256: "x", voice: true };
      return customer.send("", { type: "audio", text: undefined, audio });
    });
  const asked = () => world.model.requests.at(-1)?.messages.findLast(({ role }) => role === "user")?.text;

  test("is listened to while there is some left, and booked", async () => {
    const customer = await customerWith({ soundSeconds: 70 });
    await say(customer, 30, "¿Cuánto cuesta el envío?");
    expect(asked()).toContain("¿Cuánto cuesta el envío?");
    const [used] = await world.sql<{ seconds: number }>`
      select usage_sound_s as seconds from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
    expect(used?.seconds).toBe(100);
    expect(slack.told).toEqual([]);
  });

  test("that does not fit is not listened to: the model is told so, and the company", async () => {
    const customer = await customerWith({ soundSeconds: 80 });
    const { turn } = await say(customer, 30, "¿Cuánto cuesta el envío?");
    expect(asked()).toContain("【not listened to: too much sound today; it would have to be written】");
    expect(world.model.requests.map(({ kind }) => kind)).not.toContain("transcribe");
    expect(turn).toMatchObject({ state: "answered", status: "bot" });
    expect(slack.told).toHaveLength(1);
    expect(slack.told[0]).toMatch(/seconds of sound of one customer are nearly used up \(80 of 100/);
  });
});
