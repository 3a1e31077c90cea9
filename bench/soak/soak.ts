import { createTeardown } from "../../host/machine/lifecycle.ts";
import { grid, percentile, round } from "../table.ts";
import { createLoad } from "../webhook/load.ts";
import { type Counters, startPart } from "../webhook/process.ts";
import { startWorld, type World } from "../webhook/world.ts";

/** `BENCH_MINUTES` sets another length. */
const MINUTES = 10;
/** Of messages: 50 a second. */
const EVERY_MS = 20;
const A_MINUTE = 60_000 / EVERY_MS;
/** The crons of the host run as often. */
const CRONS = ["resume", "health"];

/** A steady load for minutes: memory, and how fast messages are acknowledged, by minute. */
export default async function soak(): Promise<string> {
  const teardown = createTeardown();
  try {
    const world = await startWorld(teardown);
    const load = createLoad(world.graph);
    const flags = ["--max-semi-space-size=32", "--expose-gc"];
    const part = await startPart("chasqui", "", { ...world.environment, ...world.sockets }, flags);
    teardown.add(part.stop);
    const lines = [
      [
        "minute",
        "heap MB",
        "of the process MB",
        "ack p50 ms",
        "ack p99 ms",
        "CPU ms a message",
        "not answered",
      ],
    ];
    let before = await part.counters();
    for (let minute = 1; minute <= Number(process.env.BENCH_MINUTES ?? MINUTES); minute++) {
      const crons = runCrons(part.url, world);
      const run = { url: `${part.url}/api/whatsapp/webhook`, messages: A_MINUTE, replies: true };
      const { ackMs, unanswered } = await load.send({ ...run, pace: { everyMs: EVERY_MS } });
      await crons;
      const now = await part.counters();
      lines.push([
        String(minute),
        ...memoryOf(now),
        round(percentile(ackMs, 0.5)),
        round(percentile(ackMs, 0.99)),
        round((now.cpuMs - before.cpuMs) / A_MINUTE),
        String(unanswered),
      ]);
      before = now;
      console.error(lines.at(-1)?.join(" · "));
    }
    return grid(lines);
  } finally {
    await teardown.run();
  }
}

const memoryOf = ({ heapMb, residentMb }: Counters): string[] => [round(heapMb), round(residentMb)];

async function runCrons(url: string, { environment }: World): Promise<void> {
  for (const name of CRONS) {
    const response = await fetch(`${url}/api/cron/${name}`, {
      headers: { authorization: `Bearer ${environment.CRON_SECRET}` },
    });
    if (!response.ok) throw new Error(`the cron ${name} answered ${response.status}`);
  }
}
