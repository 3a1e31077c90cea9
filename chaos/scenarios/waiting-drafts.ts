import { equal } from "node:assert/strict";
import { newWaMessageId, webhookBody } from "../../host/meta-webhook.ts";
import { type Person, post, textFrom } from "../customer.ts";
import { settled } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { until } from "../until.ts";
import { calls, cut, once, textTo, writes } from "../wire.ts";
import { ACCOUNT } from "../world.ts";

const EXPIRED = { status: 401, body: { error: { code: 190, message: "Access token has expired" } } };

/** Rows 21 to 24: what may happen while a reply is written down and not sent, and values that nobody expects. */
export const waitingDrafts: Scenario[] = [
  {
    row: 21,
    happens: "the answers of draft and of the second send are lost one after the other; killed at both",
    holds: "a request to Graph, or dead and replayable; never answered without one",
    async play(scene) {
      const { world, person, phones } = scene;
      const { neon, bot } = world;
      const [ana, eva] = [person(), person()];
      const struck = ["draft_reply", "begin_resend"].map((name) =>
        once(calls(name), { reset: true as const, afterAccepting: true }),
      );
      neon.setFault((body) => struck.map((rule) => rule(body)).find((fault) => fault !== null) ?? null);
      await ana.write("hola");
      await settled(world, phones);
      equal(ana.replies().length, 1, "sends");

      neon.setFault(once(calls("draft_reply"), cut(bot.kill, "after")));
      await eva.write("hola");
      await bot.gone();
      neon.setFault(once(calls("begin_resend"), cut(bot.kill, "after")));
      await bot.start();
      await bot.gone();
      neon.setFault(null);
      await bot.start();
      await settled(world, phones);
      equal(eva.replies().length, 0, "sends of a bot that died each time before it sent");
      const reasons = await deathsOf(eva, scene);
      equal(reasons.join(), "unconfirmed");
      await world.sql`
        select replay_dead_letter(t.id) from turns t where t.conversation_id = ${await eva.conversationId()}::uuid and t.state = 'dead'`;
      await eva.answered();
      await settled(world, phones);
      return "1 send when the answers were lost; killed at both: dead as unconfirmed, and answered after a replay";
    },
  },
  {
    row: 22,
    happens: "an agent takes over while a draft waits to be sent again",
    holds: "the draft is withheld, and stays with the agent as a suggestion",
    async play(scene) {
      const { world, person, phones } = scene;
      const ana = person();
      await putOff(ana, scene);
      const conversation = await ana.conversationId();
      await world.sql`select take_over(${conversation}::uuid, 'agent', 'An agent took over.')`;
      await goOn(ana, scene);
      await settled(world, phones);
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
      "a person changes their user id while a draft to them waits; a status report with another message's id",
    holds: "200 for all that came with it; one person afterwards, each answered once",
    async play(scene) {
      const { world, person, phones } = scene;
      const [ana, ...others] = [person(), person(), person(), person()];
      const [before, after] = [`PE.${ana.phone}A`, `PE.${ana.phone}B`];
      const first = await say(ana, scene, { from: ana.phone, from_user_id: before });
      await ana.answered();
      await settled(world, phones);
      await putOff(ana, scene);
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
      await goOn(ana, scene);
      await Promise.all(others.map((other) => other.answered()));
      await settled(world, phones);
      await until("one person", async () => {
        const people = await world.sql`select id from customers where wa_user_id in (${before}, ${after})`;
        return people.length === 1;
      });
      return "200 at once, 3 others answered; the two names are one person when the reply has gone out";
    },
  },
  {
    row: 24,
    happens: "NUL and half characters in a name, a text and a tool call; an error code of 5,000,000,000",
    holds: "answered in the same try",
    async play({ world, person, phones, acknowledged }) {
      const ana = person();
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
      await settled(world, phones);
      equal(ana.replies().length, 1, "replies");
      const turns = await world.sql<{ state: string }>`
        select state from turns where conversation_id = ${await ana.conversationId()}::uuid`;
      equal(turns.map(({ state }) => state).join(), "answered", "turns");
      return "1 reply, 1 turn";
    },
  },
];

/** A reply to this person is written down, and Graph will not take it. */
async function putOff(person: Person, { world }: Scene): Promise<void> {
  world.graph.setFault((request) => (textTo()(request) ? EXPIRED : null));
  await person.write("hola");
  const conversation = await person.conversationId();
  await until("put off", async () => {
    const [row] = await world.sql<{ waits: boolean }>`
      select retry_at is not null as waits from conversations where id = ${conversation}::uuid`;
    return row?.waits === true;
  });
}

/** Graph takes it again, and nobody waits for the next try. */
async function goOn(person: Person, { world }: Scene): Promise<void> {
  world.graph.setFault(null);
  await world.sql`
    update conversations set retry_at = clock_timestamp() where id = ${await person.conversationId()}::uuid and retry_at is not null`;
}

/** A message under these names; its id. */
async function say(
  person: Person,
  { world, acknowledged }: Scene,
  names: Record<string, string>,
): Promise<string> {
  const id = newWaMessageId();
  const message = { ...textFrom(person, "hola"), from: undefined, ...names, id };
  equal(await post(world.bot, webhookBody(ACCOUNT.phoneNumberId, { messages: [message] })), 200);
  acknowledged.add(id);
  return id;
}

async function draftOf(person: Person, { world }: Scene): Promise<string> {
  const [row] = await world.sql<{ id: string }>`
    select id from messages where conversation_id = ${await person.conversationId()}::uuid and state = 'draft'`;
  return row?.id ?? "";
}

async function deathsOf(person: Person, { world }: Scene): Promise<string[]> {
  const rows = await world.sql<{ reason: string }>`
    select dead_letter_json(t) ->> 'reason' as reason from turns t
      where t.conversation_id = ${await person.conversationId()}::uuid and t.state = 'dead'`;
  return rows.map(({ reason }) => reason);
}
