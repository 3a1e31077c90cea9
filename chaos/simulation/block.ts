import { type Plan, planOf, smallerPlans } from "./faults.ts";
import type { Mutant } from "./mutants.ts";
import { createRandom } from "./random.ts";
import { runSchedule } from "./schedule.ts";
import type { Counts } from "./verdict.ts";

/** A schedule that broke a guarantee: the minimized plan and its trace. */
export interface Failure {
  seed: number;
  /** Number of schedules until it was found. */
  after: number;
  violation: string;
  plan: Plan;
  trace: string[];
}

/** Result of many schedules. */
export interface Report {
  schedules: number;
  perSecond: number;
  counts: Counts;
  failure: Failure | null;
}

/** Runs `count` schedules with seeds from `seed` on, until one breaks a guarantee. */
export async function runBlock(count: number, seed: number, mutant: Mutant | null = null): Promise<Report> {
  const startedMs = performance.now();
  const counts = noCounts();
  for (let done = 1; done <= count; done++) {
    const plan = planOf(seed + done - 1, createRandom(seed + done - 1));
    const outcome = await runSchedule(plan, mutant);
    addCounts(counts, outcome.counts);
    if (outcome.violation === null && done < count) continue;
    const perSecond = (done * 1000) / (performance.now() - startedMs);
    const failure = outcome.violation === null ? null : await explain(plan, done, mutant);
    return { schedules: done, perSecond, counts, failure };
  }
  return { schedules: 0, perSecond: 0, counts, failure: null };
}

/** The first of `count` schedules in which a planted mistake shows itself; null when it shows in none. */
export async function findMistake(
  mutant: Mutant,
  count: number,
  seed: number,
): Promise<Pick<Failure, "after" | "violation"> | null> {
  for (let after = 1; after <= count; after++) {
    const plan = planOf(seed + after - 1, createRandom(seed + after - 1));
    const { violation } = await runSchedule(plan, mutant);
    if (violation !== null) return { after, violation };
  }
  return null;
}

/** Counts of zero. */
export const noCounts = (): Counts => ({
  messages: 0,
  turns: 0,
  twice: 0,
  unconfirmed: 0,
  dead: 0,
  handedOver: 0,
});

/** Adds counts to others, in place. */
export function addCounts(counts: Counts, more: Counts): void {
  for (const key of Object.keys(counts) as (keyof Counts)[]) counts[key] += more[key];
}

/** Minimizes a plan that breaks a guarantee, and traces it. */
async function explain(found: Plan, after: number, mutant: Mutant | null): Promise<Failure> {
  let plan = found;
  for (let next: Plan | null = plan; next; ) {
    plan = next;
    next = await firstBroken(smallerPlans(plan), mutant);
  }
  const trace: string[] = [];
  const { violation } = await runSchedule(plan, mutant, (line) => trace.push(line));
  return { seed: found.seed, after, violation: violation ?? "only once", plan, trace };
}

async function firstBroken(plans: readonly Plan[], mutant: Mutant | null): Promise<Plan | null> {
  for (const plan of plans) {
    // A smaller plan gives other random numbers, so try a few seeds.
    for (let luck = 0; luck < 5; luck++) {
      const other = { ...plan, seed: plan.seed + luck * 1_000_003 };
      if ((await runSchedule(other, mutant)).violation !== null) return other;
    }
  }
  return null;
}
