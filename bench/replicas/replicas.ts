import { createTeardown, type Teardown } from "../../host/machine/lifecycle.ts";
import { grid, median, percentile, round } from "../table.ts";
import { createLoad, type Load, type Measured } from "../webhook/load.ts";
import { type Part, startPart } from "../webhook/process.ts";
import { startWorld, type World } from "../webhook/world.ts";
import { limitProcessor } from "./quota.ts";

/** Of one processor: so small a machine is busy long before the stores and the load on the same processors are. */
const PART = 0.2;
const ROUNDS = 6;
const MESSAGES = 400;
const AT_ONCE = 32;
const WARM_UP = 800;

/** Replicas of the bot, and what they measured, one entry per round. */
interface Contestant {
  name: string;
  parts: readonly Part[];
  runs: { seconds: number; measured: Measured[]; cpuMs: number }[];
}

/** One and two processes of the bot on the same stores, each on a small machine of its own, in turns. */
export default async function replicas(): Promise<string> {
  const teardown = createTeardown();
  try {
    const world = await startWorld(teardown);
    const load = createLoad(world.graph);
    const [first, second] = [await replica(world, load, teardown), await replica(world, load, teardown)];
    const contestants: Contestant[] = [
      { name: "one", parts: [first], runs: [] },
      { name: "two", parts: [first, second], runs: [] },
    ];
    for (let run = 0; run < ROUNDS; run++) {
      for (const contestant of run % 2 === 0 ? contestants : contestants.toReversed())
        await measure(contestant, load);
      console.error(`round ${run + 1} of ${ROUNDS}`);
    }
    return report(contestants);
  } finally {
    await teardown.run();
  }
}

async function replica(world: World, load: Load, teardown: Teardown): Promise<Part> {
  const flags = ["--max-semi-space-size=32"];
  const part = await startPart("chasqui", "", { ...world.environment, ...world.sockets }, flags);
  await send(load, part, WARM_UP, AT_ONCE);
  const unlimit = limitProcessor(part.pid, PART);
  teardown.add(async () => {
    await part.stop();
    unlimit();
  });
  return part;
}

const send = (load: Load, { url }: Part, messages: number, atOnce: number): Promise<Measured> =>
  load.send({ url: `${url}/api/whatsapp/webhook`, messages, pace: { atOnce }, replies: true });

/** The messages are shared out as a balancer would: a customer's next one comes to another replica. */
async function measure({ parts, runs }: Contestant, load: Load): Promise<void> {
  const used = async () =>
    (await Promise.all(parts.map((part) => part.counters()))).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const before = await used();
  const startedAt = performance.now();
  const measured = await Promise.all(
    parts.map((part) => send(load, part, MESSAGES / parts.length, AT_ONCE / parts.length)),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  runs.push({ seconds, measured, cpuMs: (await used()) - before });
}

type Figure = (contestant: Contestant) => number;

const all = ({ runs }: Contestant): Measured[] => runs.flatMap(({ measured }) => measured);

const FIGURES: readonly [string, Figure][] = [
  ["replies a second", ({ runs }) => median(runs.map(({ seconds }) => MESSAGES / seconds))],
  [
    "ack, 32 at once, p50 ms",
    (contestant) =>
      percentile(
        all(contestant).flatMap(({ ackMs }) => ackMs),
        0.5,
      ),
  ],
  [
    "reply, 32 at once, p99 ms",
    (contestant) =>
      percentile(
        all(contestant).flatMap(({ replyMs }) => replyMs),
        0.99,
      ),
  ],
  [
    "processor time of the bots, ms a message",
    ({ runs }) => median(runs.map(({ cpuMs }) => cpuMs / MESSAGES)),
  ],
  ["never answered", (contestant) => all(contestant).reduce((sum, { unanswered }) => sum + unanswered, 0)],
];

function report(contestants: readonly Contestant[]): string {
  const lines = FIGURES.map(([what, figure]) => {
    const [one = 0, two = 0] = contestants.map(figure);
    return [what, round(one), round(two), one > 0 ? `${(two / one).toFixed(2)} ×` : ""];
  });
  return grid([["", "one replica", "two replicas", "two ÷ one"], ...lines]);
}
