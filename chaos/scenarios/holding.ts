import { equal } from "node:assert/strict";
import { gate } from "../../tests/support/gate.ts";
import { untilAnswered } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { until } from "../until.ts";
import { calls, classifies, once, writes } from "../wire.ts";
import { LEASE_MS, STATUS_WAIT_MS } from "../world.ts";

/** Rows 11 and 15: another process or an operator takes the conversation during a turn. */
export const takenFromTheHolder: Scenario[] = [
  {
    row: 11,
    happens: "a holder frozen (SIGSTOP) past its lease, a successor answers",
    holds: "the old holder neither writes nor sends when it wakes",
    async play(scene) {
      const { model, neon, bot } = scene.world;
      const freeze = async () => bot.freeze();
      model.setFault(once(classifies, { first: freeze, delayMs: 0 }));
      await successorAnswers(scene);
      neon.setFault(once(calls("draft_reply"), { first: freeze, delayMs: 0, afterAccepting: true }));
      await successorAnswers(scene);
      return "frozen while it classified and between draft and send: 1 reply each, the successor's; nothing more in 3 s awake";
    },
  },
  {
    row: 15,
    happens: "an operator takes over during generation",
    holds: "the reply is withheld and kept as a suggestion",
    async play({ world, customer, phones }) {
      const ana = customer();
      const takeOver = async () => {
        const id = await ana.conversationId();
        await world.sql`select take_over(${id}::uuid, 'agent', 'An operator took over.')`;
      };
      world.model.setFault(once(writes, { first: takeOver, delayMs: 0 }));
      await ana.write("hola");
      await untilAnswered(world, phones);
      const conversation = await ana.conversationId();
      const kept = await world.sql<{ state: string; text: string }>`
        select state, text from messages where conversation_id = ${conversation}::uuid and direction = 'out'`;
      equal(kept.length, 1);
      equal(kept[0]?.state, "withheld");
      equal(ana.replies().length, 0, "replies");
      await ana.write("¿hola?");
      await untilAnswered(world, phones);
      equal(ana.replies().length, 0, "replies after the takeover");
      return "0 sent, 1 kept as withheld; the next message is left to the operator";
    },
  },
];

async function successorAnswers({ world, customer, phones }: Scene): Promise<void> {
  const { bot, other } = world;
  await other.start();
  world.reportTo(other);
  const ana = customer();
  const message = ana.compose("hola");
  equal(await ana.deliver(message), 200);
  await ana.answered();
  await untilAnswered(world, phones);

  const awake = gate();
  const claimed = world.neon.requests.http;
  bot.thaw();
  // Its next resume shows that it is awake; these seconds are enough to finish what it was doing.
  await until("awake", () => world.neon.requests.http > claimed + 2);
  setTimeout(awake.open, LEASE_MS + 2 * STATUS_WAIT_MS);
  await awake.promise;
  equal(ana.replies().length, 1, "replies");
  const conversation = await ana.conversationId();
  const [row] = await world.sql<{ written: number; late: number }>`
    select count(*)::int as written, count(*) filter (where state not in ('sent', 'delivered', 'read'))::int as late
      from messages where conversation_id = ${conversation}::uuid and direction = 'out'`;
  equal(row?.written, 1, "replies written");
  equal(row?.late, 0, "replies written late");
  world.reportTo(bot);
  await other.kill();
}
