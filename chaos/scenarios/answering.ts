import { equal, ok } from "node:assert/strict";
import type { ParsedRequest } from "../../fakes/model/protocol/request.ts";
import type { Customer } from "../customer.ts";
import { untilAnswered } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { calls, classifies, cut, once, textTo, writes } from "../wire.ts";

/** A greeting costs one call to classify and one to write. */
const CALLS_OF_A_TURN = 2;

/** Rows 4 to 6: the process ends while it composes, or between the draft and the send. */
export const killedWhileAnswering: Scenario[] = [
  {
    row: 4,
    happens: "killed during classify, during generate",
    holds: "one reply; model spend at most twice",
    async play(scene) {
      const spent: number[] = [];
      for (const kind of [classifies, writes]) {
        const { model, bot } = scene.world;
        const before = model.requests.length;
        model.setFault(once(kind, { first: bot.kill, reset: true }));
        await oneReplyAfterTheKill(scene, "hola");
        spent.push(model.requests.length - before);
      }
      ok(Math.max(...spent) <= 2 * CALLS_OF_A_TURN, `${spent} calls`);
      return `1 reply each; ${spent.join(" and ")} model calls where ${CALLS_OF_A_TURN} would do`;
    },
  },
  {
    row: 5,
    happens: "killed after a tool's effect, before it is recorded",
    holds: "effect once",
    async play(scene) {
      const { model, bot, neon, slack } = scene.world;
      const notified: number[] = [];
      const points = [
        () => model.setFault(once(holdsToolResult, { first: bot.kill, reset: true })),
        () => neon.setFault(once(calls("draft_reply"), cut(bot.kill, "after"))),
        () => slack.afterNext(bot.kill),
      ];
      for (const arm of points) {
        const before = slack.notified();
        arm();
        const ana = await oneReplyAfterTheKill(scene, "quiero hablar con una persona");
        const conversation = await ana.conversationId();
        const [row] = await scene.world.sql<{ opened: number }>`
          select count(*)::int as opened from handoffs where conversation_id = ${conversation}::uuid`;
        equal(row?.opened, 1, "handoffs opened");
        notified.push(slack.notified() - before);
      }
      ok(Math.min(...notified) >= 1, "no operator was notified");
      return `handoff opened once each time; operators notified ${notified.join(", ")} times`;
    },
  },
  {
    row: 6,
    happens: "killed after the draft, before the send",
    holds: "one send",
    async play(scene) {
      const { neon, graph, bot, model } = scene.world;
      const before = model.requests.length;
      neon.setFault(once(calls("draft_reply"), cut(bot.kill, "after")));
      await oneReplyAfterTheKill(scene, "hola");
      graph.setFault(once(textTo(), cut(bot.kill, "before")));
      await oneReplyAfterTheKill(scene, "hola");
      equal(model.requests.length - before, 2 * CALLS_OF_A_TURN, "the reply was written again");
      return "1 send each (before the request, and with the request on its way); the model was not asked again";
    },
  },
];

const holdsToolResult = ({ messages }: ParsedRequest) => messages.some(({ role }) => role === "tool");

async function oneReplyAfterTheKill({ world, customer, phones }: Scene, text: string): Promise<Customer> {
  const ana = customer();
  await ana.write(text);
  await world.bot.exited();
  await world.calm();
  await ana.answered();
  await untilAnswered(world, phones);
  equal(ana.replies().length, 1, "replies");
  return ana;
}
