import { tmpdir } from "node:os";
import { createDatabase, type Database } from "../../db/client.ts";
import { createTeardown } from "../../host/machine/lifecycle.ts";
import { type ConsoleWorld, startConsole } from "../console/world.ts";
import { type Bench, grid, percentile, round } from "../table.ts";
import { fill, type Size } from "./data.ts";
import { type Rolled, rollUpAll } from "./rolling.ts";

/** `BENCH_TURNS` picks one of them, e.g. `100000/90`. */
const SIZES: readonly Size[] = [
  { turns: 10_000, days: 90 },
  { turns: 100_000, days: 90 },
  { turns: 1_000_000, days: 90 },
  { turns: 1_000_000, days: 1 },
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
    const database = createDatabase(world.neonUrl, PATIENCE_MS);
    const rolled = [
      ["turns", "counted in", "turns a second", "a slice, p50", "slowest slice", "peak memory"],
    ];
    const pages = [["turns in 90 days", "page", "p50 ms", "p95 ms", "p50 ÷ `select 1`"]];
    for (const size of SIZES.filter(isWanted)) {
      await fill(world.client, world.tenantId, size);
      rolled.push(lineOf(size, await rollUpAll(world.client, database)));
      // The whole takes long: what is known is said.
      console.error(rolled.at(-1)?.join(" · "));
      if (size.days > 1) pages.push(...(await readPages(world, database, size)));
    }
    return [grid(rolled), grid(pages)].join("\n\n");
  } finally {
    await teardown.run();
  }
};

const isWanted = ({ turns, days }: Size): boolean =>
  [undefined, "", `${turns}/${days}`].includes(process.env.BENCH_TURNS);

const lineOf = ({ turns, days }: Size, { seconds, steps, peakMb }: Rolled): string[] => [
  `${turns.toLocaleString("en")} in ${days === 1 ? "a day" : `${days} days`}`,
  `${round(seconds)} s`,
  round(turns / seconds),
  `${round(percentile(steps, 0.5))} ms`,
  `${round(Math.max(...steps))} ms`,
  peakMb === null ? "–" : `${round(peakMb)} MB`,
];

async function readPages(world: ConsoleWorld, database: Database, { turns }: Size): Promise<string[][]> {
  await world.client.query("vacuum analyze metric_counters");
  const floor = percentile(await times(() => database.sql`select 1`), 0.5);
  const lines: string[][] = [];
  for (const [what, path] of PAGES) {
    const taken = await times(() => world.get(`/insight/${path}`));
    const [p50, p95] = [percentile(taken, 0.5), percentile(taken, 0.95)];
    lines.push([turns.toLocaleString("en"), what, round(p50), round(p95), `${round(p50 / floor)}×`]);
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
      if (!answer.ok) throw new Error(`the answer was ${answer.status}`);
    }
    // The first one opens connections.
    if (round > 0) taken.push(performance.now() - start);
  }
  return taken;
}

export default bench;
