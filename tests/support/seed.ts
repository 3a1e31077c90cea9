/** Of a randomised test: another one each time, the same one each time where a whole change waits for the answer (CI). */
export const SEED = Number(process.env.SEED ?? (process.env.CI ? 1 : Date.now() % 1_000_000));

/** Runs of a randomised test: all in CI; a third elsewhere, where each run takes other values. */
export const runs = (inCi: number): number => (process.env.CI ? inCi : Math.ceil(inCi / 3));

/** Cases of several kinds, those of a kind side by side: all in CI; elsewhere every third, by SEED, so that no kind is left out. */
export const everyThird = <T>(all: readonly T[]): readonly T[] =>
  process.env.CI ? all : all.filter((_, at) => at % 3 === SEED % 3);

/** Cases that are alike: all in CI; elsewhere `count` of them, by SEED, so that each run takes others. */
export const sample = <T>(all: readonly T[], count: number): readonly T[] =>
  process.env.CI ? all : all.filter((_, at) => (at - (SEED % all.length) + all.length) % all.length < count);
