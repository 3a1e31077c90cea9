import { equal } from "node:assert/strict";
import type { Customer } from "../customer.ts";
import { untilAnswered } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { calls, cut, once, textTo, type When, writes } from "../wire.ts";

const CHOICES = { options: [{ title: "Rojo" }, { title: "Azul" }] };
const OFFER = { name: "offer_choices", arguments: JSON.stringify(CHOICES) };
const WORDS = "¿Cuál prefieres?\n\n1. Rojo\n2. Azul";

/** Rows 25 and 26: Meta refuses a part of a reply. */
export const refusedParts: Scenario[] = [
  {
    row: 25,
    happens:
      "Meta refuses buttons, at once or in a report; killed before and after the plain form is stored, and while it is sent",
    holds: "the words as plain text: one message",
    async play(scene) {
      const { world } = scene;
      offersChoices(scene);
      for (const later of [false, true]) {
        world.graph.setRefused([{ part: "interactive", code: 131_009, later }]);
        for (const when of ["before", "after"] as const) await killedAtRedraft(when, scene);
        const ana = scene.customer();
        world.graph.setFault(once(textTo(ana.phone), cut(world.bot.kill, "after")));
        await ana.write("¿Qué colores hay?");
        await restarted(ana, scene);
      }
      world.graph.setRefused([]);
      return "1 text each with the choices as numbered lines; the buttons reached nobody";
    },
  },
  {
    row: 26,
    happens: "Meta refuses buttons and their plain form; killed while the handoff is opened",
    holds: "an operator is called, once",
    async play(scene) {
      const { world, customer, phones } = scene;
      offersChoices(scene);
      world.graph.setRefused([{ part: "any", code: 131_009 }]);
      const ana = customer();
      world.neon.setFault(once(calls("finish_turn"), cut(world.bot.kill, "before")));
      await ana.write("¿Qué colores hay?");
      await world.bot.exited();
      await world.bot.start();
      await untilAnswered(world, phones);
      world.graph.setRefused([]);
      equal(ana.replies().length, 0, "sends");
      const handoffs = await world.sql<{ reason: string; status: string }>`
        select h.reason, c.status from handoffs h join conversations c on c.id = h.conversation_id
          where c.id = ${await ana.conversationId()}::uuid`;
      equal(handoffs.map(({ reason, status }) => `${reason} ${status}`).join(), "not_delivered human");
      return "0 sent, 1 handoff `not_delivered`";
    },
  },
];

async function killedAtRedraft(when: When, scene: Scene): Promise<void> {
  const { world } = scene;
  const ana = scene.customer();
  world.neon.setFault(once(calls("redraft_part"), cut(world.bot.kill, when)));
  await ana.write("¿Qué colores hay?");
  await restarted(ana, scene);
}

async function restarted(customer: Customer, { world, phones }: Scene): Promise<void> {
  await world.bot.exited();
  await world.bot.start();
  await untilAnswered(world, phones);
  const delivered = customer.replies().filter(({ failureCode }) => failureCode === null);
  equal(delivered.map(({ type, text }) => `${type} ${text}`).join(" | "), `text ${WORDS}`);
}

/** The model offers choices with each reply. */
function offersChoices({ world }: Scene): void {
  world.model.setFault((request) => {
    if (!writes(request)) return null;
    const offered = request.messages.at(-1)?.role === "tool";
    return offered ? { content: "¿Cuál prefieres?" } : { toolCalls: [OFFER] };
  });
}
