import { equal } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Customer } from "../customer.ts";
import { instantModel } from "../instant-model.ts";
import { checkInvariants, untilAnswered } from "../invariants.ts";
import { shuffled } from "../random.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { inParallel } from "../until.ts";
import type { World } from "../world.ts";

const MESSAGES_EACH = 3;
const REDELIVERED = 0.2;
const AT_ONCE = 8;
const KILL_EVERY_MS = 6_000;
const MODEL_MS = 30;
const SETTLE_LIMIT_MS = 600_000;

/**
 * Uses sockets, as `npm start` does, so that statements are combined. The lease is longer than a turn takes on an overloaded
 * machine, since a lease that ends early means work done twice.
 */
const underLoad = ({ serverUrl }: World) => ({
  LEASE_MS: "4000",
  POSTGRES_URL: serverUrl,
  POSTGRES_HTTP: "",
});

/** Row 20: many customers, redeliveries, and a process that is killed repeatedly. */
export const crowd: Scenario[] = [
  {
    row: 20,
    happens: `many customers, ${MESSAGES_EACH} messages each, 20 % redelivered, a kill every 3 to 9 s`,
    holds: "every message answered, none twice beyond the published bound",
    maySendTwice: true,
    async play(scene) {
      const { world, customer, random, users, phones, acknowledged } = scene;
      world.model.setFault(instantModel(MODEL_MS));
      await world.bot.kill();
      await world.bot.start(underLoad(world));
      const customers = Array.from({ length: users }, customer);
      const fromMs = performance.now();
      const killing = keepKilling(scene);
      const writing = shuffled(
        customers.flatMap((one) => Array<Customer>(MESSAGES_EACH).fill(one)),
        random,
      );
      await inParallel(writing, AT_ONCE, async (one) => {
        const message = await one.write("hola");
        if (random() >= REDELIVERED) return;
        await sleep(random() * 1_000);
        await one.redeliver(message);
      });
      const kills = await killing.stop();
      await world.bot.start(underLoad(world));
      await untilAnswered(world, phones, SETTLE_LIMIT_MS);
      const tookS = Math.round((performance.now() - fromMs) / 1_000);
      equal(acknowledged.size, users * MESSAGES_EACH, "acknowledged");
      const { turns, doubled } = await checkInvariants(world, phones, acknowledged, true);
      // The next row's bot uses the HTTP endpoints again.
      await world.bot.kill();
      return `${users} customers, ${acknowledged.size} messages, ${kills} kills, ${tookS} s: all answered in ${turns} turns; ${doubled} replies sent twice, each counted`;
    },
  },
];

/** Kills and restarts the bot at random moments until stopped; returns the number of kills. */
function keepKilling({ world, random }: Scene): { stop(): Promise<number> } {
  const stopping = new AbortController();
  let kills = 0;
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sleep(KILL_EVERY_MS * (0.5 + random()), undefined, { signal: stopping.signal });
      await world.bot.kill();
      kills += 1;
      await world.bot.start(underLoad(world));
    }
  };
  const running = loop().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  return {
    async stop() {
      stopping.abort();
      await running;
      return kills;
    },
  };
}
