import { equal } from "node:assert/strict";
import { newWaMessageId, webhookBody } from "../../host/meta-webhook.ts";
import { type Customer, post, textFrom } from "../customer.ts";
import { untilAnswered } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { until } from "../until.ts";
import { calls, cut, once, textTo, writes } from "../wire.ts";
import { ACCOUNT } from "../world.ts";

const EXPIRED = { status: 401, body: { error: { code: 190, message: "Access token has expired" } } };

/** Rows 21 to 24: events while a draft waits to be sent, and hostile values. */
export const waitingDrafts: Scenario[] = [
  {
    row: 21,
    happens: "the answers of draft and of the second send are lost one after the other; killed at both",
    holds: "a request to the Graph API, or a dead letter; never answered without one",
    async play(scene) {
      const { world, customer, phones } = scene;
      const { neon, bot } = world;
      const [ana, eva] = [customer(), customer()];
      const struck = ["draft_reply", "begin_resend"].map((name) =>
        once(calls(name), { reset: true as const, afterAccepting: true }),
      );
      neon.setFault((body) => struck.map((rule) => rule(body)).find((fault) => fault !== null) ?? null);
      await ana.write("hola");
      await untilAnswered(world, phones);
      equal(ana.replies().length, 1, "sends");

      neon.setFault(once(calls("draft_reply"), cut(bot.kill, "after")));
      await eva.write("hola");
      await bot.exited();
      neon.setFault(once(calls("begin_resend"), cut(bot.kill, "after")));
      await bot.start();
      await bot.exited();
      neon.setFault(null);
      await bot.start();
      await untilAnswered(world, phones);
      equal(eva.replies().length, 0, "sends of a bot that died each time before it sent");
      const reasons = await deathsOf(eva, scene);
      equal(reasons.join(), "unconfirmed");
      await world.sql`
        select replay_dead_letter(t.id) from turns t where t.conversation_id = ${await eva.conversationId()}::uuid and t.state = 'dead'`;
      await eva.answered();
      await untilAnswered(world, phones);
      return "1 send when the answers were lost; killed at both: dead letter `unconfirmed`, answered after a replay";
    },
  },
  {
    row: 22,
    happens: "an operator takes over while a draft waits to be sent again",
    holds: "the draft is withheld, and stays with the operator as a suggestion",
    async play(scene) {
      const { world, customer, phones } = scene;
      const ana = customer();
      await deferReply(ana, scene);
      const conversation = await ana.conversationId();
      await world.sql`select take_over(${conversation}::uuid, 'agent', 'An operator took over.')`;
      await retryNow(ana, scene);
      await untilAnswered(world, phones);
      equal(ana.replies().length, 0, "sends");
      const kept = await world.sql<{ state: string }>`
        select state from messages where conversation_id = ${conversation}::uuid and direction = 'out'`;
      equal(kept.map(({ state }) => state).join(), "withheld");
      return "0 sent, 1 kept as withheld";
    },
  },
  {
    row: 23,
    happens:
      "a customer changes their user id while a draft to them waits; a status report with another message's id",
    holds: "200 for all that came with it; one customer afterwards, each answered once",
    async play(scene) {
      const { world, customer, phones } = scene;
      const [ana, ...others] = [customer(), customer(), customer(), customer()];
      const [before, after] = [`PE.${ana.phone}A`, `PE.${ana.phone}B`];
      const first = await say(ana, scene, { from: ana.phone, from_user_id: before });
      await ana.answered();
      await untilAnswered(world, phones);
      await deferReply(ana, scene);
      await say(ana, scene, { from_user_id: after });

      const crowd = others.map((other) => textFrom(other, "hola"));
      const status = {
        id: first,
        status: "sent",
        timestamp: "1",
        biz_opaque_callback_data: await draftOf(ana, scene),
      };
      const update = {
        user_id: { previous: before, current: after },
        timestamp: String(Math.floor(Date.now() / 1000)),
      };
      const { phoneNumberId } = ACCOUNT;
      const usual = webhookBody(phoneNumberId, { messages: crowd, statuses: [status] });
      const changed = webhookBody(phoneNumberId, { user_id_update: [update] });
      const [entry] = changed.entry;
      const changes = entry?.changes.map((change) => ({ ...change, field: "user_id_update" }));
      const body = { ...usual, entry: [...usual.entry, { ...entry, changes }] };
      equal(await post(world.bot, body), 200, "the webhook's status");
      for (const { id } of crowd) scene.acknowledged.add(id);
      await retryNow(ana, scene);
      await Promise.all(others.map((other) => other.answered()));
      await untilAnswered(world, phones);
      await until("one customer", async () => {
        const customers = await world.sql`select id from customers where wa_user_id in (${before}, ${after})`;
        return customers.length === 1;
      });
      return "200 at once, 3 others answered; the two records are one customer when the reply has gone out";
    },
  },
  {
    row: 24,
    happens: "NUL and half characters in a name, a text and a tool call; an error code of 5,000,000,000",
    holds: "answered at the first attempt",
    async play({ world, customer, phones, acknowledged }) {
      const ana = customer();
      world.model.setFault(
        once(writes, {
          toolCalls: [
            { name: "lookup", arguments: JSON.stringify({ source: "knowledge", query: "a\0b\ud83d" }) },
          ],
        }),
      );
      world.graph.setFault(once(textTo(ana.phone), { status: 429, body: { error: { code: 5e9 } } }));
      const message = textFrom(ana, "hola \0 \ud83d");
      const contacts = [{ profile: { name: "Ana \0 \udc00" }, wa_id: ana.phone }];
      equal(
        await post(world.bot, webhookBody(ACCOUNT.phoneNumberId, { contacts, messages: [message] })),
        200,
      );
      acknowledged.add(message.id);
      await untilAnswered(world, phones);
      equal(ana.replies().length, 1, "replies");
      const turns = await world.sql<{ state: string }>`
        select state from turns where conversation_id = ${await ana.conversationId()}::uuid`;
      equal(turns.map(({ state }) => state).join(), "answered", "turns");
      return "1 reply, 1 turn";
    },
  },
];

/** Leaves a draft for this customer that the Graph API does not accept. */
async function deferReply(customer: Customer, { world }: Scene): Promise<void> {
  world.graph.setFault((request) => (textTo()(request) ? EXPIRED : null));
  await customer.write("hola");
  const conversation = await customer.conversationId();
  await until("deferred", async () => {
    const [row] = await world.sql<{ waits: boolean }>`
      select retry_at is not null as waits from conversations where id = ${conversation}::uuid`;
    return row?.waits === true;
  });
}

/** Lets the Graph API accept again and ends the back-off. */
async function retryNow(customer: Customer, { world }: Scene): Promise<void> {
  world.graph.setFault(null);
  await world.sql`
    update conversations set retry_at = clock_timestamp() where id = ${await customer.conversationId()}::uuid and retry_at is not null`;
}

/** Writes under these names; returns the message id. */
async function say(
  customer: Customer,
  { world, acknowledged }: Scene,
  names: Record<string, string>,
): Promise<string> {
  const id = newWaMessageId();
  const message = { ...textFrom(customer, "hola"), from: undefined, ...names, id };
  equal(await post(world.bot, webhookBody(ACCOUNT.phoneNumberId, { messages: [message] })), 200);
  acknowledged.add(id);
  return id;
}

async function draftOf(customer: Customer, { world }: Scene): Promise<string> {
  const [row] = await world.sql<{ id: string }>`
    select id from messages where conversation_id = ${await customer.conversationId()}::uuid and state = 'draft'`;
  return row?.id ?? "";
}

async function deathsOf(customer: Customer, { world }: Scene): Promise<string[]> {
  const rows = await world.sql<{ reason: string }>`
    select dead_letter_json(t) ->> 'reason' as reason from turns t
      where t.conversation_id = ${await customer.conversationId()}::uuid and t.state = 'dead'`;
  return rows.map(({ reason }) => reason);
}
