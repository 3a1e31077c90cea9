import { beforeAll, expect, test } from "vitest";
import { describeFilledStore } from "../store/describe-store.ts";
import { SEED } from "../support/seed.ts";
import { randomOf } from "./turns.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Midnight, three days ago. */
const T = Math.floor(Date.now() / DAY_MS) * DAY_MS - 3 * DAY_MS;

describeFilledStore("a span of time is made up of slots", (db) => {
  beforeAll(async () => {
    await db.sql`insert into metric_passes (name, lag, through) values ('fresh', interval '0', clock_timestamp())`;
  });

  /** Where the slots of a span begin and end, in their order, and whether each is whole. */
  async function slots(fromMs: number, toMs: number, step: string | null) {
    return db.sql<{ from: number; to: number; isWhole: boolean }>`
      select epoch_ms(o_from)::float8 as "from", epoch_ms(o_to)::float8 as "to",
             date_trunc(o_grain, o_from, 'UTC') = o_from and date_trunc(o_grain, o_to, 'UTC') = o_to as "isWhole"
        from metric_segments(to_timestamp(${fromMs}::float8 / 1000), to_timestamp(${toMs}::float8 / 1000), ${step})
        order by o_from`;
  }

  async function expectOnce(fromMs: number, toMs: number, step: string | null) {
    const found = await slots(fromMs, toMs, step);
    const said = `${new Date(fromMs).toISOString()} to ${new Date(toMs).toISOString()} by ${step}`;
    expect(
      found.every(({ isWhole }) => isWhole),
      said,
    ).toBe(true);
    const ends = [fromMs, ...found.map(({ to }) => to)];
    expect([...found.map(({ from }) => from), toMs], said).toEqual(ends);
  }

  test.each([
    ["five minutes in the first hour of a day", 9 * MINUTE_MS, 14 * MINUTE_MS],
    ["half an hour in the last hour of a day", 23 * HOUR_MS + 10 * MINUTE_MS, 23 * HOUR_MS + 40 * MINUTE_MS],
    ["over midnight", 23 * HOUR_MS + 50 * MINUTE_MS, DAY_MS + 7 * MINUTE_MS],
    ["the first hour", 0, HOUR_MS],
    ["a day", 0, DAY_MS],
    ["a minute after midnight", 0, MINUTE_MS],
  ])("each minute once: %s", async (_, from, to) => {
    for (const step of [null, "minute", "hour", "day"]) await expectOnce(T + from, T + to, step);
  });

  test(`each minute once: random spans (seed ${SEED})`, async () => {
    const random = randomOf(SEED);
    const minutes = (most: number) => Math.floor(random() ** 3 * most) * MINUTE_MS;
    for (let round = 0; round < 60; round += 1) {
      const from = T + Math.floor(random() * 2) * DAY_MS + minutes(24 * 60);
      for (const step of [null, "day"]) await expectOnce(from, from + MINUTE_MS + minutes(24 * 60), step);
    }
  });
});
