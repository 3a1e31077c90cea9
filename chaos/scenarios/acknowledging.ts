import { equal, ok } from "node:assert/strict";
import { webhookBody } from "../../host/meta-webhook.ts";
import { gate } from "../../tests/support/gate.ts";
import type { Bot } from "../bot.ts";
import { post, textFrom } from "../customer.ts";
import { untilAnswered } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { calls, cut, once, type When } from "../wire.ts";
import { ACCOUNT, LEASE_MS, RESUME_EVERY_MS } from "../world.ts";

/** Time in which `unread_conversations` leaves a new message to the process that stored it. */
const GRACE_MS = 5_000;

/** Rows 1 to 3: the process ends around the acknowledgement. */
export const killedAroundTheAnswer: Scenario[] = [
  {
    row: 1,
    happens: "killed before the inbox commit",
    holds: "no 200; the redelivery is processed once",
    async play({ world, customer }) {
      const ana = customer();
      world.neon.setFault(once(calls("receive_events"), cut(world.bot.kill, "before")));
      const message = ana.compose("hola");
      const first = await ana.deliver(message);
      equal(first, null, "it was acknowledged");
      await world.bot.start();
      for (let again = 0; again < 2; again++) await ana.redeliver(message);
      await ana.answered();
      return "no answer, then 200 and 200; 1 reply";
    },
  },
  {
    row: 2,
    happens: "killed after the commit, before the 200",
    holds: "the redelivery changes nothing; answered once",
    async play({ world, customer, phones }) {
      const ana = customer();
      world.neon.setFault(once(calls("receive_events"), cut(world.bot.kill, "after")));
      const message = ana.compose("hola");
      equal(await ana.deliver(message), null, "it was acknowledged");
      await world.bot.start();
      await ana.redeliver(message);
      await ana.answered();
      const [row] = await world.sql<{ stored: number }>`
        select count(*)::int as stored from messages where wa_message_id = ${message.waMessageId}`;
      equal(row?.stored, 1);
      await untilAnswered(world, phones);
      equal(ana.replies().length, 1);
      return "stored once, 1 reply";
    },
  },
  {
    row: 3,
    happens: "killed after the 200, before or after the claim",
    holds: "resumed within max(lease, 5 s) + 1 period; answered once",
    async play(scene) {
      const before = await killedAtClaim(scene, "before");
      const after = await killedAtClaim(scene, "after");
      return `answered ${seconds(before)} after the 200 when nobody had claimed it, ${seconds(after)} when the dead one held it`;
    },
  },
];

/** One webhook from two customers, since a single message is claimed by the statement that stores it (see row 4). */
async function killedAtClaim({ world, customer, acknowledged }: Scene, when: When): Promise<number> {
  const customers = [customer(), customer()];
  const taken = gate();
  const kill = () => taken.promise.then(world.bot.kill);
  world.neon.setFault(once(calls("claim_turn"), cut(kill, when)));
  const messages = customers.map((one) => textFrom(one, "hola"));
  equal(await post(world.bot, webhookBody(ACCOUNT.phoneNumberId, { messages })), 200);
  for (const { id } of messages) acknowledged.add(id);
  const fromMs = performance.now();
  taken.open();
  await world.bot.exited();
  const downMs = await restart(world.bot);
  for (const one of customers) await one.answered();
  const tookMs = performance.now() - fromMs;
  // Pauses between two resumes are up to a fifth longer; two seconds for the turn itself on a busy machine.
  const boundMs = Math.max(LEASE_MS, GRACE_MS, downMs) + 1.2 * RESUME_EVERY_MS + 2_000;
  ok(tookMs <= boundMs, `it took ${seconds(tookMs)}, more than ${seconds(boundMs)}`);
  return tookMs;
}

async function restart(bot: Bot): Promise<number> {
  const fromMs = performance.now();
  await bot.start();
  return performance.now() - fromMs;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
