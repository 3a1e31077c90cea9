import pg from "pg";
import { migrateServer } from "../../db/migrate/server.ts";
import { createTeardown, type Teardown } from "../../host/machine/lifecycle.ts";
import { createConnectionMeter } from "../insight/processor.ts";
import { grid, median, percentile, round } from "../table.ts";
import { createLoad, type Load, type Measured, NUMBER } from "../webhook/load.ts";
import { type Part, startPart } from "../webhook/process.ts";
import { startWorld, type World } from "../webhook/world.ts";
import { fill } from "./data.ts";

/** Stored messages; `BENCH_MESSAGES` sets others, e.g. `10000,10000000`. */
const SIZES = [10_000, 100_000, 1_000_000];
const ROUNDS = 6;
const BUSY = { messages: 400, pace: { atOnce: 32 }, replies: true };
/** Each of the load's customers once: nobody's first message is measured. */
const WARM_UP = 2_000;

/** Chasqui over a database of its own that has so many messages. */
interface Contestant {
  size: number;
  url: string;
  part: Part;
  /** Processor time of the database for it so far, in ms. */
  databaseMs(): Promise<number>;
  runs: Measured[];
  /** Processor time a message, of the database and of the bot, one number per run. */
  databaseMsEach: number[];
  botMsEach: number[];
}

/** What a message costs with few and with many stored ones, in turns in the same run. */
export default async function scale(): Promise<string> {
  const teardown = createTeardown();
  try {
    const world = await startWorld(teardown);
    const load = createLoad(world.graph);
    const contestants: Contestant[] = [];
    for (const [place, size] of wantedSizes().entries())
      contestants.push(await start(world, load, { size, place }, teardown));
    for (let run = 0; run < ROUNDS; run++) {
      const turn = run % contestants.length;
      for (const contestant of [...contestants.slice(turn), ...contestants.slice(0, turn)])
        await measure(contestant, load);
      console.error(`round ${run + 1} of ${ROUNDS}`);
    }
    return report(contestants);
  } finally {
    await teardown.run();
  }
}

const wantedSizes = (): number[] => process.env.BENCH_MESSAGES?.split(",").map(Number) ?? SIZES;

async function start(
  world: World,
  load: Load,
  { size, place }: { size: number; place: number },
  teardown: Teardown,
): Promise<Contestant> {
  const name = `size_${size}`;
  const address = new URL(world.sockets.POSTGRES_URL ?? "");
  const admin = await connected(address.href, teardown);
  await admin.query(`create database ${name}`);
  address.pathname = `/${name}`;
  await migrateServer(address.href);
  const client = await connected(address.href, teardown);
  await fill(client, NUMBER, size);
  console.error(`${round(size)} messages are stored`);
  const own = {
    ...world.sockets,
    POSTGRES_URL: address.href,
    KV_REST_API_URL: `${world.redisUrl}/${place + 1}`,
  };
  const part = await startPart("chasqui", "", { ...world.environment, ...own }, ["--max-semi-space-size=32"]);
  teardown.add(part.stop);
  const url = `${part.url}/api/whatsapp/webhook`;
  await load.send({ url, ...BUSY, messages: WARM_UP });
  const databaseMs = createConnectionMeter(client);
  return { size, url, part, databaseMs, runs: [], databaseMsEach: [], botMsEach: [] };
}

async function connected(address: string, teardown: Teardown): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address });
  // The server is stopped first.
  client.on("error", () => {});
  await client.connect();
  teardown.add(() => client.end());
  return client;
}

async function measure(contestant: Contestant, load: Load): Promise<void> {
  const used = async () => ({
    bot: (await contestant.part.counters()).cpuMs,
    database: await contestant.databaseMs(),
  });
  const before = await used();
  contestant.runs.push(await load.send({ url: contestant.url, ...BUSY }));
  const after = await used();
  contestant.botMsEach.push((after.bot - before.bot) / BUSY.messages);
  contestant.databaseMsEach.push((after.database - before.database) / BUSY.messages);
}

const FIGURES: readonly [string, (contestant: Contestant) => number][] = [
  ["replies a second", ({ runs }) => median(runs.map(perSecond))],
  ["ack, 32 at once, p50 ms", ({ runs }) => percentile(ackOf(runs), 0.5)],
  ["ack, 32 at once, p99 ms", ({ runs }) => percentile(ackOf(runs), 0.99)],
  ["processor time of the database, ms a message", ({ databaseMsEach }) => median(databaseMsEach)],
  ["processor time of the bot, ms a message", ({ botMsEach }) => median(botMsEach)],
  ["never answered", ({ runs }) => runs.reduce((sum, { unanswered }) => sum + unanswered, 0)],
];

const perSecond = ({ ackMs, unanswered, seconds }: Measured) => (ackMs.length - unanswered) / seconds;

const ackOf = (runs: readonly Measured[]) => runs.flatMap(({ ackMs }) => ackMs);

/** A column for each size, and its multiple of the smallest one's figure. */
function report(contestants: readonly Contestant[]): string {
  const [smallest] = contestants;
  const head = ["", ...contestants.map(({ size }) => `${round(size)} messages`)];
  const lines = FIGURES.map(([what, figure]) => {
    const least = smallest ? figure(smallest) : 0;
    const cell = (value: number) =>
      least > 0 ? `${round(value)} · ${(value / least).toFixed(2)} ×` : round(value);
    return [what, ...contestants.map((contestant) => cell(figure(contestant)))];
  });
  return grid([head, ...lines]);
}
