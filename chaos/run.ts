/** `npm run chaos`: kills and freezes real processes in every way of docs/reliability.md, then checks every guarantee. */
import { createTeardown } from "../host/machine/lifecycle.ts";
import { type Options, readOptions } from "./options.ts";
import { playAll } from "./play.ts";
import { runSchedules } from "./simulation/run.ts";
import { startWorld } from "./world.ts";

const options = readOptions(process.argv.slice(2));
console.log(`Seed ${options.seed}.`);
const held = options.schedules === null ? await onProcesses(options) : await simulated(options);
process.exit(held ? 0 : 1);

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
