import { tmpdir } from "node:os";
import { createDatabase, type Database } from "../../db/client.ts";
import { createTeardown } from "../../host/machine/lifecycle.ts";
import { type ConsoleWorld, startConsole } from "../console/world.ts";
import { type Bench, grid, percentile, round } from "../table.ts";
import { fill, repeatYesterday, type Size } from "./data.ts";
import { type Rolled, rollUpAll } from "./rolling.ts";

const DAYS = 90;
/** `BENCH_SIZE` picks some of them by their places, e.g. `0,2`. The last two are a million turns in 90 days and in a day. */
const SIZES: readonly (Size & { what: string; pages: boolean; repeated?: boolean })[] = [
  { what: "10,000 in 90 days", turns: 10_000, days: DAYS, pages: true },
  { what: "100,000 in 90 days", turns: 100_000, days: DAYS, pages: true },
  { what: "two days of 1,000,000 in 90 days", turns: 22_222, days: 2, pages: true, repeated: true },
  { what: "an hour of 1,000,000 in a day", turns: 41_667, days: 1 / 24, pages: false },
];
const ROUNDS = 20;
/** Nothing hangs that long. */
const PATIENCE_MS = 120_000;

/** What the pages ask for, over 90 days. */
const PAGES: readonly [what: string, path: string][] = [
  ["targets", "targets?range=90d"],
  ["targets of one intent", "targets?range=90d&intent=order_status"],
  ["one target: the customer's wait", "targets/wait?range=90d"],
  ["one target: cost", "targets/cost?range=90d"],
  ["one target by intent and model", "targets/wait?range=90d&intent=order_status&model=gpt-4o"],
  ["its worst turns", "targets/wait/worst?range=90d"],
  ["conversations", "conversations?range=90d"],
  ["money", "money?range=90d"],
  ["service", "service?range=90d"],
  ["filters", "labels"],
  ["targets, an hour by minute", "targets?range=1h"],
];

/** Figures: how fast turns are counted, and how long the pages wait for theirs. */
const bench: Bench = async () => {
  const teardown = createTeardown();
  try {
    const world = await startConsole(teardown, tmpdir());
    const database = createDatabase(world.neonUrl, { timeoutMs: PATIENCE_MS });
    const rolled = [
      ["turns", "counted in", "turns a second", "a slice, p50", "slowest slice", "peak memory"],
    ];
    const pages = [["data", "page", "p50 ms", "p95 ms", "p50 ÷ `select 1`"]];
    for (const size of SIZES.filter(isWanted)) {
      await fill(world.client, world.tenantId, size);
      rolled.push(lineOf(size, await rollUpAll(world.client, database)));
      say(rolled.at(-1));
      if (size.repeated) await repeatYesterday(world.client, DAYS);
      if (size.pages)
        pages.push(...(await readPages(world, database, size.repeated ? "1,000,000 in 90 days" : size.what)));
    }
    return [grid(rolled), grid(pages)].join("\n\n");
  } finally {
    await teardown.run();
  }
};

/** The whole takes minutes: what is known is said. */
const say = (line: readonly string[] | undefined): void => console.error(line?.join(" · "));

const isWanted = (_: Size, place: number): boolean =>
  (process.env.BENCH_SIZE ?? "0,1,2,3").split(",").includes(String(place));

const lineOf = ({ what, turns }: (typeof SIZES)[number], { seconds, steps, peakMb }: Rolled): string[] => [
  what,
  `${round(seconds)} s`,
  round(turns / seconds),
  `${round(percentile(steps, 0.5))} ms`,
  `${round(Math.max(...steps))} ms`,
  peakMb === null ? "–" : `${round(peakMb)} MB`,
];

async function readPages(world: ConsoleWorld, database: Database, data: string): Promise<string[][]> {
  await world.client.query("vacuum analyze metric_counters");
  const floor = percentile(await times(() => database.sql`select 1`), 0.5);
  const lines: string[][] = [];
  for (const [what, path] of PAGES) {
    const taken = await times(() => world.get(`/insight/${path}`));
    const [p50, p95] = [percentile(taken, 0.5), percentile(taken, 0.95)];
    lines.push([data, what, round(p50), round(p95), `${round(p50 / floor)}×`]);
    say(lines.at(-1));
  }
  return lines;
}

/** Milliseconds of each round; a response is read to its end, and must be one. */
async function times(ask: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const start = performance.now();
    const answer = await ask();
    if (answer instanceof Response) {
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`the answer of ${answer.url} was ${answer.status}`);
    }
    // The first one opens connections.
    if (round > 0) taken.push(performance.now() - start);
  }
  return taken;
}

export default bench;
