/** `npm run chaos`: kills and freezes real processes in every way of docs/reliability.md, then checks every guarantee. */
import { createTeardown } from "../host/machine/lifecycle.ts";
import { type Options, readOptions } from "./options.ts";
import { playAll } from "./play.ts";
import { findMistake } from "./simulation/block.ts";
import { MUTANTS } from "./simulation/mutants.ts";
import { runSchedules } from "./simulation/run.ts";
import { startWorld } from "./world.ts";

/** A mistake put in on purpose must show itself within as many schedules. */
const ENOUGH = 2_000;

const options = readOptions(process.argv.slice(2));
console.log(`Seed ${options.seed}.`);
process.exit((await held(options)) ? 0 : 1);

function held(options: Options): Promise<boolean> {
  if (options.mistakes) return planted(options);
  return options.schedules === null ? onProcesses(options) : simulated(options);
}

async function onProcesses({ users, ...rest }: Options): Promise<boolean> {
  const teardown = createTeardown();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => teardown.run().then(() => process.exit(130)));
  try {
    const world = await startWorld(teardown);
    console.log(`PostgreSQL and ${world.cache.kind}; Node ${process.version}; ${users} customers.\n`);
    return await playAll(world, { users, ...rest });
  } finally {
    await teardown.run();
  }
}

async function simulated({ schedules, seed }: Options): Promise<boolean> {
  const report = await runSchedules(schedules ?? 0, seed);
  console.log(JSON.stringify(report, null, 2));
  return report.failure === null;
}

async function planted({ seed }: Options): Promise<boolean> {
  let missed = 0;
  for (const mutant of MUTANTS) {
    const found = await findMistake(mutant, ENOUGH, seed);
    if (!found) missed += 1;
    console.log(
      `${mutant.name}: ${found ? `${found.violation}, after ${found.after} schedules` : "NOT FOUND"}`,
    );
  }
  return missed === 0;
}
