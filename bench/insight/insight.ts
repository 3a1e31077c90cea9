import { tmpdir } from "node:os";
import { createDatabase, type Database } from "../../db/client.ts";
import { createTotalsReader } from "../../db/totals.ts";
import { createTeardown } from "../../host/machine/lifecycle.ts";
import { exportedMetrics } from "../../lib/insight/exports/list.ts";
import { type ConsoleWorld, startConsole } from "../console/world.ts";
import { type Bench, grid, percentile, round } from "../table.ts";
import { fill, repeatYesterday, type Size } from "./data.ts";
import { createMeter } from "./processor.ts";
import { type Rolled, rollUpAll } from "./rolling.ts";

const DAYS = 90;
/** `BENCH_SIZE` picks some of them by their places, e.g. `1,3`: the first four if it is not set, since the last takes minutes by itself. */
const SIZES: readonly (Size & { what: string; pages: string | null })[] = [
  { what: "two days of 10,000 in 90", turns: 222, days: 2, pages: "10,000 in 90 days" },
  { what: "two days of 100,000 in 90", turns: 2_222, days: 2, pages: "100,000 in 90 days" },
  { what: "two days of 1,000,000 in 90", turns: 22_222, days: 2, pages: "1,000,000 in 90 days" },
  { what: "an hour of 1,000,000 in a day", turns: 41_667, days: 1 / 24, pages: null },
  { what: "1,000,000 in a day", turns: 1_000_000, days: 1, pages: null },
];
const ROUNDS = 10;
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
      [
        ...["turns", "counted in", "turns a second", "processor", "turns a second of it"],
        ...["slices", "p50", "slowest", "peak memory"],
      ],
    ];
    const pages = [["data", "page", "p50 ms", "p95 ms", "p50 ÷ `select 1`", "processor ms"]];
    for (const size of SIZES.filter(isWanted)) {
      await fill(world.client, world.tenantId, size);
      rolled.push(lineOf(size, await rollUpAll(world.client, database)));
      say(rolled.at(-1));
      if (size.pages === null) continue;
      await repeatYesterday(world.client, DAYS);
      pages.push(...(await readPages(world, database, size.pages)));
    }
    return [grid(rolled), grid(pages)].join("\n\n");
  } finally {
    await teardown.run();
  }
};

/** The whole takes minutes: what is known is said. */
const say = (line: readonly string[] | undefined): void => console.error(line?.join(" · "));

const isWanted = (_: Size, place: number): boolean =>
  (process.env.BENCH_SIZE ?? "1,2,3,4").split(",").includes(String(place + 1));

const lineOf = (
  { what, turns }: Size & { what: string },
  { seconds, processorSeconds, steps, peakMb }: Rolled,
): string[] => [
  what,
  `${round(seconds)} s`,
  round(turns / seconds),
  `${round(processorSeconds)} s`,
  processorSeconds === 0 ? "–" : round(turns / processorSeconds),
  String(steps.length),
  `${round(percentile(steps, 0.5))} ms`,
  `${round(Math.max(...steps))} ms`,
  peakMb === null ? "–" : `${round(peakMb)} MB`,
];

async function readPages(world: ConsoleWorld, database: Database, data: string): Promise<string[][]> {
  await world.client.query("vacuum analyze metric_counters");
  const usedMs = createMeter(world.client);
  const floor = percentile(await times(() => database.sql`select 1`), 0.5);
  const lines: string[][] = [];
  const asked = exportedMetrics([]).map((metric) => metric.asked);
  const readers = [
    ...PAGES.map(([what, path]) => [what, () => world.get(`/insight/${path}`)] as const),
    ["totals of a scrape", () => createTotalsReader(database).totals(asked)] as const,
  ];
  for (const [what, ask] of readers) {
    await times(ask, 1);
    const beganMs = await usedMs();
    const taken = await times(ask);
    const each = ((await usedMs()) - beganMs) / (ROUNDS + 1);
    const [p50, p95] = [percentile(taken, 0.5), percentile(taken, 0.95)];
    lines.push([data, what, round(p50), round(p95), `${round(p50 / floor)}×`, round(each)]);
    say(lines.at(-1));
  }
  return lines;
}

/** Milliseconds of each round; a response is read to its end, and must be one. */
async function times(ask: () => Promise<unknown>, rounds = ROUNDS): Promise<number[]> {
  const taken: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
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
