import { equal, match } from "node:assert/strict";
import { newWaMessageId, textWebhook } from "../../host/meta-webhook.ts";
import { bookingTool, proposeAct } from "../../tests/acts/support.ts";
import { type Customer, type CustomerMessage, post } from "../customer.ts";
import { untilAnswered } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { calls, cut, once, textTo } from "../wire.ts";
import { ACCOUNT } from "../world.ts";

const OTHER_NUMBER = "106540352249999";

/** Rows 29 to 32: a customer confirms an act. */
export const actsConfirmed: Scenario[] = [
  {
    row: 29,
    happens:
      "killed around an act's effect: before and after it is noted, before the effect, after it, before and after it is recorded, before its reply goes out",
    holds: "effect once; one reply, which tells the real result",
    async play(scene) {
      const { bot, neon, graph, bookings } = scene.world;
      const points: (() => void)[] = [
        () => neon.setFault(once(calls("begin_act"), cut(bot.kill, "before"))),
        () => neon.setFault(once(calls("begin_act"), cut(bot.kill, "after"))),
        () => {
          bookings.watch.before = bot.kill;
          bookings.next("hang");
        },
        () => {
          bookings.watch.after = bot.kill;
        },
        () => neon.setFault(once(calls("end_act"), cut(bot.kill, "before"))),
        () => neon.setFault(once(calls("end_act"), cut(bot.kill, "after"))),
        () => neon.setFault(once(calls("draft_reply"), cut(bot.kill, "after"))),
        () => graph.setFault(once(textTo(), cut(bot.kill, "before"))),
      ];
      const called: number[] = [];
      for (const arm of points) {
        const { ana, act } = await asked(scene);
        arm();
        await ana.redeliver(tapOf(ana, act));
        await bot.exited();
        await scene.world.calm();
        await ana.answered(2);
        await untilAnswered(scene.world, scene.phones);
        tellsResult(ana, 2);
        equal(effectsOf(scene, act), 1, "effects");
        called.push(bookings.calls.filter(({ key }) => key === `act-${act}`).length);
      }
      return `1 effect and 1 reply after each of ${points.length} kills; ${called.join(", ")} calls, each act's with one key`;
    },
  },
  {
    row: 30,
    happens: "a tap delivered 50 times at once, and again after a restart; the same button tapped again",
    holds: "effect once; told once, and again what became of it",
    async play(scene) {
      const { bot } = scene.world;
      const { ana, act } = await asked(scene);
      const tap = tapOf(ana, act);
      await Promise.all(Array.from({ length: 50 }, () => ana.redeliver(tap)));
      await untilAnswered(scene.world, scene.phones);
      await bot.kill();
      await bot.start();
      await ana.redeliver(tap);
      await untilAnswered(scene.world, scene.phones);
      tellsResult(ana, 2);
      await ana.redeliver(tapOf(ana, act));
      await ana.answered(3);
      await untilAnswered(scene.world, scene.phones);
      match(wordsOf(ana), /ya está hecho/);
      equal(effectsOf(scene, act), 1, "effects");
      return "1 effect, 1 reply to 51 deliveries; the later tap was told that it is done";
    },
  },
  {
    row: 31,
    happens: "a tap after the act's time; by another customer; at another number",
    holds: "no effect; an expired question is asked anew",
    async play(scene) {
      const { sql } = scene.world;
      const { ana, act } = await asked(scene);
      const eva = scene.customer();
      await eva.write("hola");
      await eva.answered();
      await eva.redeliver(tapOf(eva, act));
      await eva.answered(2);
      match(wordsOf(eva), /ya no vale/);
      await post(scene.world.bot, tapOf(ana, act, OTHER_NUMBER).body);
      await untilAnswered(scene.world, scene.phones);
      equal(effectsOf(scene, act), 0, "effects for somebody else");
      await sql`update acts set expires_at = clock_timestamp() - interval '1 second' where id = ${act}::uuid`;
      await ana.redeliver(tapOf(ana, act));
      await ana.answered(2);
      await untilAnswered(scene.world, scene.phones);
      match(wordsOf(ana), /venció/);
      equal(effectsOf(scene, act), 0, "effects after the time");
      return "no effect; the other customer heard that the button no longer counts, the late one was asked anew";
    },
  },
  {
    row: 32,
    happens:
      "the company changes the tool between the question and the tap; a newer question comes before the tap",
    holds: "no effect by the old button; the newer one's happens once",
    async play(scene) {
      const { sql, bookings } = scene.world;
      const declare = (minutes: number) =>
        sql`update tenants set tools = ${JSON.stringify([bookingTool(bookings.url, minutes === 10 ? {} : { minutes })])}::jsonb`;
      const changed = await asked(scene);
      await declare(5);
      await changed.ana.redeliver(tapOf(changed.ana, changed.act));
      await changed.ana.answered(2);
      await declare(10);
      match(wordsOf(changed.ana), /Eso cambió/);
      const { ana, act: old } = await asked(scene);
      const act = await proposeAct(sql, ana.phone, bookingTool(bookings.url));
      await ana.redeliver(tapOf(ana, old));
      await ana.answered(2);
      match(wordsOf(ana), /ya no vale/);
      await ana.redeliver(tapOf(ana, act));
      await ana.answered(3);
      await untilAnswered(scene.world, scene.phones);
      equal(effectsOf(scene, old) + effectsOf(scene, changed.act), 0, "effects by old buttons");
      equal(effectsOf(scene, act), 1, "effects");
      return "0 effects by the old buttons, 1 by the newer; each told so";
    },
  },
];

/** A customer who has been asked whether to book. */
async function asked({ world, customer, phones }: Scene): Promise<{ ana: Customer; act: string }> {
  const ana = customer();
  await ana.write("hola");
  await ana.answered();
  await untilAnswered(world, phones);
  return { ana, act: await proposeAct(world.sql, ana.phone, bookingTool(world.bookings.url)) };
}

function tapOf(
  { phone }: Customer,
  act: string,
  phoneNumberId: string = ACCOUNT.phoneNumberId,
): CustomerMessage {
  const waMessageId = newWaMessageId();
  const from = { phoneNumberId, from: phone, name: "Ana", text: "Confirmar", waMessageId };
  const button_reply = { id: `act:${act}:yes`, title: "Confirmar" };
  const tap = { type: "interactive", interactive: { type: "button_reply", button_reply } };
  return { waMessageId, body: textWebhook({ ...from, timestampMs: Date.now() }, tap) };
}

const effectsOf = ({ world }: Scene, act: string): number => world.bookings.effects.get(`act-${act}`) ?? 0;

const wordsOf = (customer: Customer): string => {
  const last = customer.replies().at(-1);
  return last?.text ?? JSON.stringify(last?.body);
};

function tellsResult(customer: Customer, replies: number): void {
  equal(customer.replies().length, replies, "replies");
  match(wordsOf(customer), /tu reserva es la R-\d+/);
}
