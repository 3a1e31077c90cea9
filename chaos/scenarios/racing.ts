import { equal, ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Customer } from "../customer.ts";
import { instantModel } from "../instant-model.ts";
import { untilAnswered } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { inParallel, until } from "../until.ts";
import { calls, classifies, once, typingOn } from "../wire.ts";

/** Attempts in row 18 for each customer in row 20. */
const TRIES_PER_CUSTOMER = 8;
const AT_ONCE = 24;
const SPREAD_MS = 5;
/** Time after which `unread_conversations` would find a stranded message; an earlier reply needed no resume. */
const RESUMED_AFTER_MS = 5_000;
/** Time of a fast real model for each of the two calls of a turn. */
const MODEL_MS = 700;

/** Rows 18 and 19: a message lands while a turn ends, or while one runs. */
export const racing: Scenario[] = [
  {
    row: 18,
    happens: `a message lands at the instant a turn ends (±${SPREAD_MS} ms around finish_turn)`,
    holds: "never stranded",
    async play(scene) {
      const { world, phones, users } = scene;
      world.model.setFault(instantModel());
      world.graph.setStatuses("none");
      const slowestMs = await atTheEnd(scene);
      await untilAnswered(world, phones);
      await world.bot.kill();
      ok(slowestMs < RESUMED_AFTER_MS, `a message waited ${slowestMs} ms: it was answered by a resume only`);
      return `${users * TRIES_PER_CUSTOMER} tries, every second message answered by the turn's own process; slowest ${slowestMs} ms`;
    },
  },
  {
    row: 19,
    happens: "a burst of 5 in 2 s; a burst while a turn runs",
    holds: "one reply that covers all; none dropped; typing stays on",
    async play(scene) {
      const { world, customer, phones } = scene;
      world.model.setFault(instantModel(MODEL_MS));
      const ana = customer();
      for (let n = 1; n <= 5; n++) {
        await ana.write(`mensaje ${n}`);
        await sleep(400);
      }
      await untilAnswered(world, phones);
      await answeredOnce(ana, scene, 5);

      const eva = customer();
      const others = () => Promise.all([2, 3, 4].map((n) => eva.write(`mensaje ${n}`)));
      world.model.setFault(once(classifies, { first: others, delayMs: 0 }));
      await eva.write("mensaje 1");
      await untilAnswered(world, phones);
      await answeredOnce(eva, scene, 4);
      return "1 reply to 5 and 1 to 4, each covering all and quoting the last; typing shown on the newest";
    },
  },
];

/** Longest wait of a second message. The bot resumes only once an hour here. */
async function atTheEnd({ world, customer, random, users }: Scene): Promise<number> {
  await world.bot.kill();
  await world.bot.start({ RESUME_EVERY_MS: "3600000", LEASE_MS: "30000" });
  const landings = new Map<string, () => { before: Promise<unknown> }>();
  world.neon.setFault((body) => {
    const phone = calls("finish_turn")(body) ? phoneOf(world, body) : null;
    const land = phone === null ? undefined : landings.get(phone);
    if (phone === null || !land) return null;
    landings.delete(phone);
    return { first: () => land().before, delayMs: 0 };
  });
  const waits: number[] = [];
  await inParallel(Array.from({ length: users * TRIES_PER_CUSTOMER }, customer), AT_ONCE, async (ana) => {
    const offsetMs = (random() * 2 - 1) * SPREAD_MS;
    let landed = 0;
    const land = () => {
      landed = performance.now();
      const delivering = sleep(Math.max(0, offsetMs)).then(() => ana.write("¿y otra cosa?"));
      delivering.catch(() => undefined);
      return { before: sleep(Math.max(0, -offsetMs)) };
    };
    landings.set(ana.phone, land);
    await ana.write("hola");
    await ana.answered(2);
    waits.push(Math.round(performance.now() - landed));
  });
  return Math.max(...waits);
}

/** Phone of the reply that this statement records. */
function phoneOf({ graph }: Scene["world"], body: string): string | null {
  const id = /wamid\.[\w+/=-]+/.exec(body)?.[0];
  return graph.sent.findLast(({ waMessageId }) => waMessageId === id)?.phone ?? null;
}

async function answeredOnce(customer: Customer, { world }: Scene, messages: number): Promise<void> {
  equal(customer.replies().length, 1, "replies");
  const conversation = await customer.conversationId();
  const [row] = await world.sql<{ covered: number; newest: string }>`
    select count(*)::int as covered, (array_agg(wa_message_id order by sent_at desc, seq desc))[1] as newest
      from messages where conversation_id = ${conversation}::uuid and direction = 'in'
        and turn_id = (select turn_id from messages where conversation_id = ${conversation}::uuid and direction = 'out')`;
  equal(row?.covered, messages, "messages covered");
  equal(customer.replies()[0]?.quoteWaMessageId, row?.newest, "message quoted");
  await until("typing on the newest", () => world.graph.requests.some(typingOn(row?.newest ?? "")));
}
