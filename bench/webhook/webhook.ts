import { createTeardown } from "../../host/machine/lifecycle.ts";
import { grid, median, percentile, round } from "../table.ts";
import { type Contestant, measure, startContestants } from "./contestant.ts";
import { createLoad, type Measured } from "./load.ts";
import { installRival } from "./rival.ts";
import { countTrips, type Trips } from "./trips.ts";
import { startWorld } from "./world.ts";

/** Equal to the number of contestants, so that each comes first once. */
const ROUNDS = 7;

/** Compares acknowledgement and reply times of Chasqui and its rival in the same run, in turns. */
export default async function webhook(): Promise<string> {
  installRival();
  const teardown = createTeardown();
  try {
    const world = await startWorld(teardown);
    const load = createLoad(world.graph);
    const contestants = await startContestants(world, load, teardown);
    for (let run = 0; run < ROUNDS; run++) {
      const turn = run % contestants.length;
      for (const contestant of [...contestants.slice(turn), ...contestants.slice(0, turn)])
        await measure(contestant, load);
      console.error(`round ${run + 1} of ${ROUNDS}`);
    }
    const trips = new Map<Contestant, Trips>();
    for (const contestant of contestants) trips.set(contestant, await countTrips(contestant, load, world));
    return report(contestants, trips);
  } finally {
    await teardown.run();
  }
}

type Figure = (contestant: Contestant, trips: Trips | undefined) => number | null;

/** Percentile over all runs; null without measurements. */
const pooled =
  (runs: "busy" | "quiet", kind: "ackMs" | "replyMs", part: number): Figure =>
  (contestant) => {
    const values = contestant[runs].flatMap((run) => run[kind]);
    return values.length === 0 ? null : percentile(values, part);
  };

const perSecond = ({ ackMs, unanswered, seconds }: Measured) => (ackMs.length - unanswered) / seconds;

const FIGURES: [string, Figure][] = [
  ["ack, quiet, p50 ms", pooled("quiet", "ackMs", 0.5)],
  ["ack, quiet, p99 ms", pooled("quiet", "ackMs", 0.99)],
  ["ack, 32 at once, p50 ms", pooled("busy", "ackMs", 0.5)],
  ["ack, 32 at once, p99 ms", pooled("busy", "ackMs", 0.99)],
  ["reply, quiet, p50 ms", pooled("quiet", "replyMs", 0.5)],
  ["reply, quiet, p99 ms", pooled("quiet", "replyMs", 0.99)],
  ["reply, 32 at once, p99 ms", pooled("busy", "replyMs", 0.99)],
  ["replies a second (floor: acks)", ({ busy }) => median(busy.map(perSecond))],
  ["CPU of its own process, ms a message", ({ cpuMs }) => median(cpuMs)],
  ["never answered", ({ busy, quiet }) => [...busy, ...quiet].reduce((sum, run) => sum + run.unanswered, 0)],
  ["database round trips a message", (_, trips) => trips?.database ?? null],
  ["cache round trips a message", (_, trips) => trips?.cache ?? null],
  ["model round trips a message", (_, trips) => trips?.model ?? null],
  ["Graph API round trips a message", (_, trips) => trips?.graph ?? null],
];

/** One column per contestant, and Chasqui's share of each. */
function report(contestants: readonly Contestant[], trips: ReadonlyMap<Contestant, Trips>): string {
  const chasqui = contestants.find(({ name }) => name === "Chasqui");
  const others = contestants.filter((contestant) => contestant !== chasqui);
  const head = ["", ...contestants.map(({ name }) => name), ...others.map(({ name }) => `÷ ${name}`)];
  const lines = FIGURES.map(([what, figure]) => {
    const of = (contestant: Contestant) => figure(contestant, trips.get(contestant));
    const own = chasqui ? of(chasqui) : null;
    const values = contestants.map((contestant) => of(contestant));
    const ratios = others.map((other) => ratio(own, of(other)));
    return [what, ...values.map((value) => (value === null ? "" : round(value))), ...ratios];
  });
  return grid([head, ...lines]);
}

function ratio(own: number | null, other: number | null): string {
  if (own === null || !other || own === 0) return "";
  return `${(own / other).toFixed(2)} ×`;
}
