/** What a run costs, in any unit: processor milliseconds, or steps that a test counts. */
export type Cost = (length: number) => number | Promise<number>;

/** Growth over four times the length: as far from 4, which is proportion, as from 16, which is quadratic. */
const MOST = 8;
/** Smaller costs prove nothing: the collector and the compiler take as much. A quadratic reader of 64 KB takes seconds. */
const FLOOR = 25;
const REPETITIONS = 3;

/** Smallest cost of several runs so far, and of one more. */
function smallest(cost: Cost, length: number, soFar = Number.POSITIVE_INFINITY) {
  let least = soFar;
  return async () => {
    least = Math.min(least, await cost(length));
    return least;
  };
}

/** Whether four times the length costs more than its share, however often both are run. */
async function outgrows(short: () => Promise<number>, long: () => Promise<number>): Promise<boolean> {
  for (let run = 0; run < REPETITIONS; run++) {
    if ((await long()) < MOST * (await short())) return false;
  }
  return true;
}

/**
 * Whether the cost grows faster than the length. One sudden rise is allowed, where results no longer fit where young objects
 * live: only what outgrows two quadruplings in a row is at fault. The one above catches what small texts hide, the one below
 * what is cut to a bound.
 */
export async function outgrowsLength(cost: Cost, length: number): Promise<boolean> {
  const once = await cost(length);
  if (once < FLOOR) return false;
  const short = smallest(cost, length / 4);
  if (once < MOST * (await short())) return false;
  const long = smallest(cost, length, once);
  if (!(await outgrows(short, long)) || (await long()) < FLOOR) return false;
  if (await outgrows(smallest(cost, length / 16), short)) return true;
  return outgrows(long, smallest(cost, length * 4));
}
