import { expect, test } from "vitest";
import { MUTANTS } from "../../chaos/simulation/mutants.ts";
import { describeFailure, runSchedules } from "../../chaos/simulation/run.ts";

const SCHEDULES = 300;
/** A mistake put in on purpose must show itself within as many. */
const ENOUGH = 1_000;
const SEED = Number(process.env.SIMULATION_SEED ?? 700);

test(`the engine keeps its promises in ${SCHEDULES} schedules`, async () => {
  const { failure, counts, perSecond } = await runSchedules(SCHEDULES, SEED);
  console.log(`seed ${SEED}: ${JSON.stringify(counts)}, ${Math.round(perSecond)} schedules a second`);
  expect(failure && describeFailure(failure)).toBeNull();
}, 120_000);

test("the same seed is the same schedule", async () => {
  const first = await runSchedules(30, SEED);
  const second = await runSchedules(30, SEED);
  expect(second.counts).toEqual(first.counts);
});

test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
  "a mistake is found: %s",
  async (name, mutant) => {
    const { failure } = await runSchedules(ENOUGH, SEED, mutant);
    console.log(`${name}: found after ${failure?.after} schedules: ${failure?.violation}`);
    expect(failure).not.toBeNull();
  },
  120_000,
);
