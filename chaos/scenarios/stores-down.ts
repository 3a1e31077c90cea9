import { equal, ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { untilAnswered } from "../invariants.ts";
import type { Scenario, Scene } from "../scenario.ts";
import { until } from "../until.ts";
import { once, writes } from "../wire.ts";

const CUSTOMERS = 5;
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
      await everyoneAnswered(scene);
      await crashedDatabase(scene);
      const refused = await databaseAway(scene);
      return `slowest 200 with Redis hung ${hungMs} ms, dead ${deadMs} ms; ${refused} answers of 503 while PostgreSQL was away; all answered`;
    },
  },
];

/** Slowest acknowledgement, in ms. */
async function withCacheBroken(scene: Scene, how: "freeze" | "kill"): Promise<number> {
  const { cache, upstash } = scene.world;
  if (cache.process) await cache.process[how]();
  else upstash.setFault(() => (how === "freeze" ? { hang: true } : { reset: true }));
  const slowestMs = await everyoneAnswered(scene);
  if (how === "freeze") cache.process?.thaw();
  else await cache.process?.start();
  upstash.setFault(null);
  return slowestMs;
}

async function everyoneAnswered({ world, customer, phones }: Scene): Promise<number> {
  let slowestMs = 0;
  const customers = Array.from({ length: CUSTOMERS }, customer);
  for (const one of customers) {
    const message = one.compose("hola");
    const fromMs = performance.now();
    equal(await one.deliver(message), 200);
    slowestMs = Math.max(slowestMs, performance.now() - fromMs);
    equal(await one.deliver(message), 200);
  }
  await Promise.all(customers.map((one) => one.answered()));
  await untilAnswered(world, phones);
  for (const one of customers) equal(one.replies().length, 1, "replies");
  return Math.round(slowestMs);
}

/** Kills one of PostgreSQL's processes in the middle of a turn: it drops all connections and recovers. */
async function crashedDatabase({ world, customer, phones }: Scene): Promise<void> {
  const crash = async () => {
    const [row] = await world.sql<{ pid: number }>`select pg_backend_pid() as pid`;
    if (row) process.kill(row.pid, "SIGKILL");
  };
  world.model.setFault(once(writes, { first: crash, delayMs: 0 }));
  const [ana, eva] = [customer(), customer()];
  await ana.write("hola");
  await eva.write("hola");
  await Promise.all([ana.answered(), eva.answered()]);
  // Both may be answered before PostgreSQL notices the crash; check once it has recovered.
  await sleep(NOTICED_MS);
  await until("PostgreSQL back", () =>
    world.sql`select 1`.then(
      () => true,
      () => false,
    ),
  );
  await untilAnswered(world, phones);
}

/** Number of 503 answers while the database could not be reached. */
async function databaseAway({ world, customer, phones }: Scene): Promise<number> {
  const ana = customer();
  world.neon.setFault(() => ({ reset: true }));
  const backMs = performance.now() + DATABASE_AWAY_MS;
  const message = ana.compose("hola");
  let refused = 0;
  for (let status = await ana.deliver(message); status !== 200; status = await ana.deliver(message)) {
    equal(status, 503);
    refused += 1;
    if (performance.now() > backMs) world.neon.setFault(null);
    await sleep(100);
  }
  ok(refused > 0, "it was acknowledged while the database was away");
  await ana.answered();
  await untilAnswered(world, phones);
  equal(ana.replies().length, 1, "replies");
  return refused;
}
