import { equal, ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../../fakes/faults/faults.ts";
import type { Person } from "../customer.ts";
import { settled } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { until } from "../until.ts";
import { calls, cut, once, textTo } from "../wire.ts";
import { ECHO_WAIT_MS, LEASE_MS } from "../world.ts";

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
    happens: "Graph accepted, its answer lost (reset, timeout, 5xx)",
    holds: "settled by the status echo: one send",
    async play(scene) {
      const people = Object.values(LOST).map((fault) => ({ person: scene.person(), fault }));
      scene.world.graph.setFault(
        (request) => people.find(({ person }) => textTo(person.phone)(request))?.fault ?? null,
      );
      await Promise.all(people.map(({ person }) => person.write("hola")));
      await Promise.all(people.map(({ person }) => person.answered()));
      await settled(scene.world, scene.phones);
      for (const { person } of people) await wasReadOnce(person, scene);
      return `1 send each after ${Object.keys(LOST).join(", ")}`;
    },
  },
  {
    row: 8,
    happens: "killed between Graph's answer and the record",
    holds: "settled by the status echo: one send",
    async play(scene) {
      const { world, person, phones } = scene;
      const { graph, bot, neon } = world;
      const [ana, eva] = [person(), person()];
      graph.setFault(once(textTo(ana.phone), cut(bot.kill, "after")));
      await ana.write("hola");
      await bot.gone();
      await bot.start();
      await settled(world, phones);
      await wasReadOnce(ana, scene);

      // Down for longer than lease and wait: the echo comes only when somebody is up again and has claimed it.
      graph.setStatuses("none");
      graph.setFault(once(textTo(eva.phone), cut(bot.kill, "after")));
      await eva.write("hola");
      await bot.gone();
      await sleep(LEASE_MS + ECHO_WAIT_MS);
      const echo = () =>
        sleep(ECHO_WAIT_MS / 3).then(() => graph.report(eva.replies()[0]?.waMessageId ?? "", "read"));
      const claimed = { first: async () => void echo(), delayMs: 0, afterAccepting: true };
      neon.setFault(once(calls("claim_turn"), claimed));
      await bot.start();
      await settled(world, phones);
      await wasReadOnce(eva, scene);
      return "1 send each: the echo came after the restart, and after the next holder's claim";
    },
  },
  {
    row: 9,
    happens: "7 or 8 and the echo never comes",
    holds: "at most two sends, counted, visible, alerted",
    maySendTwice: true,
    async play(scene) {
      const { world, person, phones } = scene;
      world.graph.setStatuses("none");
      const before = world.bot.logged("send.unconfirmed");
      const [ana, eva] = [person(), person()];
      world.graph.setFault((request) => (textTo()(request) ? { status: 500, afterAccepting: true } : null));
      await ana.write("hola");
      await settled(world, phones);

      for (let kill = 0; kill < 2; kill++) {
        world.graph.setFault(once(textTo(), cut(world.bot.kill, "after")));
        if (kill === 0) await eva.write("hola");
        await world.bot.gone();
        await world.bot.start();
      }
      world.graph.setFault(null);
      await settled(world, phones);
      for (const somebody of [ana, eva]) {
        equal(somebody.replies().length, 2, "sends");
        const [message] = await outbound(somebody, scene);
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
    happens: "statuses before our record, out of order, repeated",
    holds: "state only moves forward",
    async play(scene) {
      const { world, person, phones } = scene;
      const late = { delayMs: 300, afterAccepting: true };
      for (const mode of ["auto", "shuffled"] as const) {
        world.graph.setStatuses(mode);
        world.graph.setFault((request) => (textTo()(request) ? late : null));
        const ana = person();
        await ana.write("hola");
        await settled(world, phones);
        await wasReadOnce(ana, scene);
      }
      return "read → sent → delivered → sent, all before the record: no state went back; 1 send each";
    },
  },
];

async function wasReadOnce(person: Person, scene: Scene): Promise<void> {
  equal(person.replies().length, 1, "sends");
  await until("read", async () => (await outbound(person, scene))[0]?.state === "read", 5_000);
}

async function outbound(person: Person, { world }: Scene) {
  const conversation = await person.conversationId();
  const messages = await world.sql<{ state: string; sends: number }>`
    select state, sends from messages where conversation_id = ${conversation}::uuid and direction = 'out'`;
  ok(messages.length <= 1, `${messages.length} replies were written`);
  return messages;
}
