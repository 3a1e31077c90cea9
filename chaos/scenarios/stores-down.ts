import { equal, ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { settled } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { until } from "../until.ts";
import { once, writes } from "../wire.ts";

const PEOPLE = 5;
const DATABASE_AWAY_MS = 2_000;
const NOTICED_MS = 500;

/** Row 14: the stores hang, die and come back. */
export const storesDown: Scenario[] = [
  {
    row: 14,
    happens: "Redis hung, dead, flushed; PostgreSQL crashed and back, unreachable and back",
    holds: "correct, slower; 503 while it cannot store; nothing lost",
    async play(scene) {
      const hungMs = await withCacheBroken(scene, "freeze");
      const deadMs = await withCacheBroken(scene, "kill");
      await scene.world.cache.engine.run(["flushall"]);
      await everybodyAnswered(scene);
      await crashedDatabase(scene);
      const refused = await databaseAway(scene);
      return `slowest 200 with Redis hung ${hungMs} ms, dead ${deadMs} ms; ${refused} answers of 503 while PostgreSQL was away; all answered`;
    },
  },
];

/** The slowest acknowledgement, in ms. */
async function withCacheBroken(scene: Scene, how: "freeze" | "kill"): Promise<number> {
  const { cache, upstash } = scene.world;
  if (cache.process) await cache.process[how]();
  else upstash.setFault(() => (how === "freeze" ? { hang: true } : { reset: true }));
  const slowestMs = await everybodyAnswered(scene);
  if (how === "freeze") cache.process?.thaw();
  else await cache.process?.start();
  upstash.setFault(null);
  return slowestMs;
}

async function everybodyAnswered({ world, person, phones }: Scene): Promise<number> {
  let slowestMs = 0;
  const people = Array.from({ length: PEOPLE }, person);
  for (const one of people) {
    const letter = one.letter("hola");
    const fromMs = performance.now();
    equal(await one.deliver(letter), 200);
    slowestMs = Math.max(slowestMs, performance.now() - fromMs);
    equal(await one.deliver(letter), 200);
  }
  await Promise.all(people.map((one) => one.answered()));
  await settled(world, phones);
  for (const one of people) equal(one.replies().length, 1, "replies");
  return Math.round(slowestMs);
}

/** One of its processes is killed in the middle of a turn: PostgreSQL cuts everybody off and recovers. */
async function crashedDatabase({ world, person, phones }: Scene): Promise<void> {
  const crash = async () => {
    const [row] = await world.sql<{ pid: number }>`select pg_backend_pid() as pid`;
    if (row) process.kill(row.pid, "SIGKILL");
  };
  world.model.setFault(once(writes, { first: crash, delayMs: 0 }));
  const [ana, eva] = [person(), person()];
  await ana.write("hola");
  await eva.write("hola");
  await Promise.all([ana.answered(), eva.answered()]);
  // Both may be answered before PostgreSQL has noticed its loss: we look at what is there once it has recovered.
  await sleep(NOTICED_MS);
  await until("PostgreSQL back", () =>
    world.sql`select 1`.then(
      () => true,
      () => false,
    ),
  );
  await settled(world, phones);
}

/** How often a message was refused while the database could not be reached. */
async function databaseAway({ world, person, phones }: Scene): Promise<number> {
  const ana = person();
  world.neon.setFault(() => ({ reset: true }));
  const backMs = performance.now() + DATABASE_AWAY_MS;
  const letter = ana.letter("hola");
  let refused = 0;
  for (let status = await ana.deliver(letter); status !== 200; status = await ana.deliver(letter)) {
    equal(status, 503);
    refused += 1;
    if (performance.now() > backMs) world.neon.setFault(null);
    await sleep(100);
  }
  ok(refused > 0, "it was acknowledged while the database was away");
  await ana.answered();
  await settled(world, phones);
  equal(ana.replies().length, 1, "replies");
  return refused;
}
