import { expect, test } from "vitest";
import { findMistake, runBlock } from "../../chaos/simulation/block.ts";
import { MUTANTS } from "../../chaos/simulation/mutants.ts";
import { describeFailure, runSchedules } from "../../chaos/simulation/run.ts";
import { runs, sample } from "../support/seed.ts";

// Many more schedules, and the mistakes that only many schedules show: `npm run chaos`.
const SCHEDULES = runs(100);
const COMMON = MUTANTS.filter(({ rare }) => !rare);
const SEED = Number(process.env.SIMULATION_SEED ?? 1700);

test(`the engine keeps its promises in ${SCHEDULES} schedules`, async () => {
  const { failure, counts, perSecond } = await runSchedules(SCHEDULES, SEED);
  console.log(`seed ${SEED}: ${JSON.stringify(counts)}, ${Math.round(perSecond)} schedules a second`);
  expect(failure && describeFailure(failure)).toBeNull();
}, 120_000);

test("the same seed is the same schedule", async () => {
  const first = await runSchedules(10, SEED);
  const second = await runSchedules(10, SEED);
  expect(second.counts).toEqual(first.counts);
});

test("a broken promise is told by its seed and the smallest plan that still breaks it", async () => {
  const mutant = MUTANTS.find(({ name }) => name === "sent before it is written down");
  const { failure } = await runBlock(100, SEED, mutant);
  expect(failure && describeFailure(failure)).toMatch(
    /^seed \d+, found after \d+ schedules: .+\n {2}smallest: \{/,
  );
});

test.each(sample(COMMON, COMMON.length / 6))(
  "a mistake is found: $name",
  async (mutant) => {
    // Ends with the first that shows it; which one does changes with every draw of the engine's.
    expect(await findMistake(mutant, 500, SEED)).not.toBeNull();
  },
  120_000,
);
