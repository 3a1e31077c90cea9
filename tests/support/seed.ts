/** Of a randomised test: another one each time, the same one each time where a whole change waits for the answer (CI). */
export const SEED = Number(process.env.SEED ?? (process.env.CI ? 1 : Date.now() % 1_000_000));

/** Runs of a randomised test: all in CI; a third elsewhere, where each run takes other values. */
export const runs = (inCi: number): number => (process.env.CI ? inCi : Math.ceil(inCi / 3));
