import { equal, ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../../fakes/faults/faults.ts";
import type { Customer } from "../customer.ts";
import { untilAnswered } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { until } from "../until.ts";
import { calls, cut, once, textTo } from "../wire.ts";
import { LEASE_MS, STATUS_WAIT_MS } from "../world.ts";

const LOST: Record<string, Fault> = {
  "a cut connection": { reset: true, afterAccepting: true },
  "no answer in 10 s": { hang: true, afterAccepting: true },
  "HTTP 500": { status: 500, afterAccepting: true },
  "HTTP 200 without an id": { status: 200, body: {}, afterAccepting: true },
};

/** Rows 7 to 10: the answer of the Graph API is lost. */
export const answerOfTheSendLost: Scenario[] = [
  {
    row: 7,
    happens: "Graph API accepted, its answer lost (reset, timeout, 5xx)",
    holds: "confirmed by the status report: one send",
    async play(scene) {
      const customers = Object.values(LOST).map((fault) => ({ customer: scene.customer(), fault }));
      scene.world.graph.setFault(
        (request) => customers.find(({ customer }) => textTo(customer.phone)(request))?.fault ?? null,
      );
      await Promise.all(customers.map(({ customer }) => customer.write("hola")));
      await Promise.all(customers.map(({ customer }) => customer.answered()));
      await untilAnswered(scene.world, scene.phones);
      for (const { customer } of customers) await wasReadOnce(customer, scene);
      return `1 send each after ${Object.keys(LOST).join(", ")}`;
    },
  },
  {
    row: 8,
    happens: "killed between the Graph API's answer and the record",
    holds: "confirmed by the status report: one send",
    async play(scene) {
      const { world, customer, phones } = scene;
      const { graph, bot, neon } = world;
      const [ana, eva] = [customer(), customer()];
      graph.setFault(once(textTo(ana.phone), cut(bot.kill, "after")));
      await ana.write("hola");
      await bot.exited();
      await bot.start();
      await untilAnswered(world, phones);
      await wasReadOnce(ana, scene);

      // Down for longer than lease and wait: the report comes only after the restart and the next claim.
      graph.setStatuses("none");
      graph.setFault(once(textTo(eva.phone), cut(bot.kill, "after")));
      await eva.write("hola");
      await bot.exited();
      await sleep(LEASE_MS + STATUS_WAIT_MS);
      const report = () =>
        sleep(STATUS_WAIT_MS / 3).then(() => graph.report(eva.replies()[0]?.waMessageId ?? "", "read"));
      const claimed = { first: async () => void report(), delayMs: 0, afterAccepting: true };
      neon.setFault(once(calls("claim_turn"), claimed));
      await bot.start();
      await untilAnswered(world, phones);
      await wasReadOnce(eva, scene);
      return "1 send each: the report came after the restart, and after the next claim";
    },
  },
  {
    row: 9,
    happens: "7 or 8, and the status report never comes",
    holds: "at most two sends, counted, visible, alerted",
    maySendTwice: true,
    async play(scene) {
      const { world, customer, phones } = scene;
      world.graph.setStatuses("none");
      const before = world.bot.logged("send.unconfirmed");
      const [ana, eva] = [customer(), customer()];
      world.graph.setFault((request) => (textTo()(request) ? { status: 500, afterAccepting: true } : null));
      await ana.write("hola");
      await untilAnswered(world, phones);

      for (let kill = 0; kill < 2; kill++) {
        world.graph.setFault(once(textTo(), cut(world.bot.kill, "after")));
        if (kill === 0) await eva.write("hola");
        await world.bot.exited();
        await world.bot.start();
      }
      world.graph.setFault(null);
      await untilAnswered(world, phones);
      for (const each of [ana, eva]) {
        equal(each.replies().length, 2, "sends");
        const [message] = await outbound(each, scene);
        equal(message?.sends, 2, "sends counted");
        equal(message?.state, "ambiguous");
      }
      const alerts = world.bot.logged("send.unconfirmed") - before;
      equal(alerts, 2, "alerts");
      return `2 sends each, recorded as such and as ambiguous, ${alerts} alerts`;
    },
  },
  {
    row: 10,
    happens: "status reports before our record, out of order, repeated",
    holds: "state only moves forward",
    async play(scene) {
      const { world, customer, phones } = scene;
      const late = { delayMs: 300, afterAccepting: true };
      for (const mode of ["auto", "shuffled"] as const) {
        world.graph.setStatuses(mode);
        world.graph.setFault((request) => (textTo()(request) ? late : null));
        const ana = customer();
        await ana.write("hola");
        await untilAnswered(world, phones);
        await wasReadOnce(ana, scene);
      }
      return "read → sent → delivered → sent, all before the record: no state went back; 1 send each";
    },
  },
];

async function wasReadOnce(customer: Customer, scene: Scene): Promise<void> {
  equal(customer.replies().length, 1, "sends");
  await until("read", async () => (await outbound(customer, scene))[0]?.state === "read", 5_000);
}

async function outbound(customer: Customer, { world }: Scene) {
  const conversation = await customer.conversationId();
  const messages = await world.sql<{ state: string; sends: number }>`
    select state, sends from messages where conversation_id = ${conversation}::uuid and direction = 'out'`;
  ok(messages.length <= 1, `${messages.length} replies were written`);
  return messages;
}
