import { equal } from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Member, signedInAs } from "../../tests/console/member.ts";
import type { Customer } from "../customer.ts";
import { untilAnswered } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { until } from "../until.ts";
import { calls, cut, once, textTo } from "../wire.ts";

const WORDS = "Hola, soy Lucía. Ya lo estoy viendo.";
const PRESS_EVERY_MS = 100;

/** Rows 27 and 28: an operator sends from the console. */
export const operatorSends: Scenario[] = [
  {
    row: 27,
    happens:
      "killed while an operator sends: before and after the message is written down, before and after Meta gets it, before it is recorded; the page asks again until it is answered",
    holds: "one message for each press",
    async play(scene) {
      const { world } = scene;
      const { bot, neon, graph } = world;
      const agent = await agentOf(scene);
      const kills: ((phone: string) => void)[] = [
        () => neon.setFault(once(calls("send_as_operator"), cut(bot.kill, "before"))),
        () => neon.setFault(once(calls("send_as_operator"), cut(bot.kill, "after"))),
        () => neon.setFault(once(calls("claim_turn"), cut(bot.kill, "after"))),
        (phone) => graph.setFault(once(textTo(phone), cut(bot.kill, "before"))),
        (phone) => graph.setFault(once(textTo(phone), cut(bot.kill, "after"))),
        () => neon.setFault(once(calls("finish_turn"), cut(bot.kill, "before"))),
      ];
      for (const kill of kills) {
        const ana = await waiting(scene);
        kill(ana.phone);
        const pressed = press(agent, ana, randomUUID());
        await bot.exited();
        await bot.start();
        await pressed;
        await gotOnce(ana, scene);
      }
      return `1 message each after ${kills.length} kills`;
    },
  },
  {
    row: 28,
    happens:
      "an operator presses ten times at once, and again after a restart; two operators write at the same moment",
    holds: "one message for each press, in one order",
    async play(scene) {
      const { world } = scene;
      const [lucia, diego] = [await agentOf(scene), await agentOf(scene)];
      const ana = await waiting(scene);
      const id = randomUUID();
      await Promise.all(Array.from({ length: 10 }, () => press(lucia, ana, id)));
      await gotOnce(ana, scene);
      await world.bot.kill();
      await world.bot.start();
      await press(lucia, ana, id);
      await gotOnce(ana, scene);
      const both = await Promise.all([
        send(lucia, ana, randomUUID(), "uno"),
        send(diego, ana, randomUUID(), "dos"),
      ]);
      await untilAnswered(world, scene.phones);
      const accepted = both.filter((status) => status === 202).length;
      equal(ana.replies().length, 2 + accepted, "messages");
      return `1 message after 12 presses; of two operators ${accepted} sent, the other was told`;
    },
  },
];

const agentOf = ({ world }: Scene): Promise<Member> =>
  signedInAs({ sql: world.sql, url: world.bot.url }, "agent");

/** A customer who has asked for a person, and has heard that one comes. */
async function waiting({ world, customer, phones }: Scene): Promise<Customer> {
  const ana = customer();
  await ana.write("quiero hablar con una persona");
  await ana.answered();
  await untilAnswered(world, phones);
  return ana;
}

/** The answer to one press; null when none came. */
async function send(agent: Member, to: Customer, id: string, text: string): Promise<number | null> {
  const path = `/conversations/${await to.conversationId()}/messages`;
  const body = { id, message: { kind: "text", text }, quoteWaMessageId: null, seenAt: Date.now() };
  const response = await agent.post(path, body).catch(() => null);
  await response?.arrayBuffer().catch(() => null);
  return response?.status ?? null;
}

/** Presses, and asks again with the same id until there is an answer, as the page does. */
const press = (agent: Member, to: Customer, id: string): Promise<void> =>
  until("the operator's message was taken", async () => {
    const status = await send(agent, to, id, WORDS);
    if (status === 202) return true;
    await sleep(PRESS_EVERY_MS);
    return false;
  });

async function gotOnce(customer: Customer, { world, phones }: Scene): Promise<void> {
  await until("the operator's message has arrived", () => textsTo(customer).length > 0);
  await untilAnswered(world, phones);
  equal(textsTo(customer).length, 1, "the operator's message");
}

const textsTo = (customer: Customer) => customer.replies().filter(({ text }) => text === WORDS);
