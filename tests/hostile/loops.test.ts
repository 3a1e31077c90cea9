import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Customer } from "../support/customer.ts";
import { sample } from "../support/seed.ts";
import { type Slack, startSlack } from "../support/slack.ts";
import { startWorld, type World } from "../support/world.ts";

/** Rounds after which everything here has to be over. */
const ENOUGH = 20;
const AWAY = "Gracias por escribir a Ferretería Lima. Atendemos de lunes a viernes de 9 a 18 h.";

let world: World;
let slack: Slack;
let people = 0;

beforeAll(async () => {
  slack = await startSlack();
  world = await startWorld({
    // A busy machine must not look like a slow model.
    env: {
      ...{ SLACK_WEBHOOK_URL: slack.url, RATE_LIMIT: "1000" },
      ...{ INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000" },
    },
  });
});
afterAll(async () => {
  await world.close();
  await slack.close();
});
beforeEach(() => {
  slack.told.length = 0;
  world.model.setFault(null);
});

/** Writes `first`, and answers each reply by `answer`, until no more come. */
async function converse(first: string, answer: (reply: string, round: number) => string): Promise<Customer> {
  people += 1;
  const customer = world.customer(`5191200${1000 + people}`);
  let says = first;
  for (let round = 1; round <= ENOUGH; round++) {
    const before = customer.replies().length;
    // A minute after the last round: Meta's times are whole seconds, in which ten rounds of a test would fit.
    await world.sql`update messages set sent_at = sent_at - interval '1 minute', created_at = created_at - interval '1 minute'`;
    await customer.send(says);
    await world.drain();
    const reply = customer.replies().at(-1);
    if (customer.replies().length === before || !reply) break;
    says = answer(reply.text ?? "", round);
  }
  return customer;
}

const conversationOf = async ({ phone }: Customer) => {
  const [conversation] = await world.sql<{ id: string; status: string; reasons: string[] }>`
    select c.id, c.status, (select array_agg(reason) from handoffs h where h.conversation_id = c.id) as reasons
      from conversations c join customers u on u.id = c.customer_id where u.phone = ${phone}`;
  return conversation;
};

const BOTS: [string, (reply: string, round: number) => string][] = [
  ["another bot that always says the same", () => AWAY],
  ["another bot that sends our own words back", (reply) => reply],
  ["another bot that puts our words into its own", (reply) => `Recibimos: «${reply}» ¡Gracias!`],
  ["two automatic answers by turns", (_, round) => `${AWAY} (${round % 2})`],
];
test.each(sample(BOTS, 2))(
  "%s gets a few replies, then a person, and the company is told once",
  async (_name, answer) => {
    // Each reply of ours is another one.
    let replies = 0;
    world.model.setFault(({ kind }) =>
      kind === "classify"
        ? null
        : { content: `Claro, tenemos ${++replies} modelos de ponchos. ¿Cuál prefieres?` },
    );
    const customer = await converse(AWAY, answer);
    const texts = customer.replies().map(({ text }) => text);
    expect(texts.length).toBeGreaterThanOrEqual(6);
    expect(texts.length).toBeLessThanOrEqual(8);
    expect(texts.at(-1)).toMatch(/el mismo mensaje varias veces seguidas/);
    expect(await conversationOf(customer)).toMatchObject({ status: "bot", reasons: ["repeating"] });
    expect(slack.told).toHaveLength(1);
    expect(slack.told[0]).toMatch(/a customer is waiting for a person \(repeating/);
  },
);

test("after it was handed back the same is answered again, as often as at first", async () => {
  const customer = await converse("¿tienen ponchos?", () => "¿tienen ponchos?");
  expect(customer.replies()).toHaveLength(6);
  const conversation = await conversationOf(customer);
  await world.sql`select hand_back(${conversation?.id ?? null}::uuid)`;
  for (let round = 0; round < 6; round++) {
    await customer.send("¿tienen ponchos?");
    await world.drain();
  }
  expect(customer.replies()).toHaveLength(12);
  expect(await conversationOf(customer)).toMatchObject({
    status: "bot",
    reasons: ["repeating", "repeating"],
  });
});

test("no model is asked for the last reply", async () => {
  const customer = await converse(AWAY, (_, round) => {
    if (round === 5) world.model.requests.length = 0;
    return AWAY;
  });
  expect(customer.replies()).toHaveLength(6);
  expect(world.model.requests).toEqual([]);
});
