import { equal } from "node:assert/strict";
import type { Customer } from "../customer.ts";
import { untilAnswered } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { until } from "../until.ts";
import { classifies, textTo } from "../wire.ts";

const EXPIRED = { status: 401, body: { error: { code: 190, message: "Access token has expired" } } };
/** MAX_ATTEMPTS of lib/turn/run.ts. */
const TRIES = 5;

/** Rows 16 and 17: a message that always fails, and one that may no longer be answered. */
export const givingUp: Scenario[] = [
  {
    row: 16,
    happens: `a message that always fails: its reply cannot be stored; it kills the process each time`,
    holds: "after N attempts a dead letter with its reason; the customer is told; their other messages go on",
    async play(scene) {
      const refused = await neverStored(scene);
      const killed = await killsEachTime(scene);
      return `dead after ${refused} and ${killed} tries, 1 apology each; the next message was answered`;
    },
  },
  {
    row: 17,
    happens: "the 24-hour window closes before a retry",
    holds: "no free-form send; dead-lettered, visible",
    async play({ world, customer, phones }) {
      const ana = customer();
      world.graph.setFault((request) => (textTo(ana.phone)(request) ? EXPIRED : null));
      const before = world.bot.logged("send.window_closed");
      await ana.write("hola");
      const conversation = await ana.conversationId();
      await until("deferred", async () => (await retryAt(world, conversation)) !== null);
      world.graph.setFault(null);
      await world.sql`
        update conversations set window_ends_at = clock_timestamp() - interval '1 hour', retry_at = clock_timestamp()
          where id = ${conversation}::uuid`;
      await untilAnswered(world, phones);
      equal(ana.replies().length, 0, "sends");
      const [message] = await world.sql<{ state: string; codes: number[]; turn: string }>`
        select m.state, m.meta_codes as codes, t.state as turn from messages m join turns t on t.id = m.turn_id
          where m.conversation_id = ${conversation}::uuid and m.direction = 'out'`;
      equal(message?.turn, "dead");
      equal(message?.codes[0], 131_047);
      equal(world.bot.logged("send.window_closed") - before, 1, "alerts");
      return `0 sends; reply ${message?.state} with Meta's 131047, turn dead, 1 alert`;
    },
  },
];

/** The database refuses every reply except the last, an apology. Returns the attempts. */
async function neverStored(scene: Scene): Promise<number> {
  const { world, customer } = scene;
  const ana = customer();
  await ana.write("hola");
  await ana.answered();
  const conversation = await ana.conversationId();
  let refused = 0;
  world.neon.setFault((body) => {
    if (!body.includes("draft_reply(") || !body.includes(conversation)) return null;
    if (body.includes("apology")) return null;
    refused += 1;
    return { status: 500 };
  });
  await ana.write("gracias");
  await untilDead(scene, ana, conversation);
  world.neon.setFault(null);
  await nextIsAnswered(ana);
  return refused;
}

async function killsEachTime(scene: Scene): Promise<number> {
  const { world, customer, phones } = scene;
  const ana = customer();
  let kills = 0;
  world.model.setFault((request) => {
    if (!classifies(request)) return null;
    kills += 1;
    return { first: world.bot.kill, reset: true };
  });
  await ana.write("hola");
  const conversation = await ana.conversationId();
  for (let life = 0; life < TRIES; life++) {
    await world.bot.exited();
    await world.bot.start();
  }
  await untilDead(scene, ana, conversation);
  world.model.setFault(null);
  await nextIsAnswered(ana);
  await untilAnswered(world, phones);
  return kills;
}

/** Shortens the back-off until the turn is a dead letter. */
async function untilDead({ world }: Scene, customer: Customer, conversation: string): Promise<void> {
  const before = customer.replies().length;
  await until("dead", async () => {
    await world.sql`
      update conversations set retry_at = clock_timestamp() where id = ${conversation}::uuid and retry_at is not null`;
    const [row] = await world.sql<{ dead: boolean }>`
      select exists (select from turns where conversation_id = ${conversation}::uuid and state = 'dead') as dead`;
    return row?.dead === true;
  });
  equal(customer.replies().length - before, 1, "apologies");
}

async function nextIsAnswered(customer: Customer): Promise<void> {
  const before = customer.replies().length;
  await customer.write("hola");
  await customer.answered(before + 1);
}

async function retryAt({ sql }: Scene["world"], conversation: string): Promise<Date | null> {
  const [row] = await sql<{ at: Date | null }>`
    select retry_at as at from conversations where id = ${conversation}::uuid`;
  return row?.at ?? null;
}
