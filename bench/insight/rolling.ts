import { readFileSync } from "node:fs";
import type { Client } from "pg";
import type { Database } from "../../db/client.ts";
import { createRollUp } from "../../db/metrics.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import { rollUp } from "../../lib/jobs/rollup.ts";
import { processorSeconds } from "./processor.ts";

/** What it took to count everything that is due. */
export interface Rolled {
  seconds: number;
  /** Seconds of processor that the database's processes used. */
  processorSeconds: number;
  /** Milliseconds of each slice. */
  steps: number[];
  /** Most memory of its own that a process of the database had, in MB; null where the system does not say. */
  peakMb: number | null;
}

/** Slices between two signs of life. */
const SAY_EVERY = 100;
const LOG = { debug() {}, info() {}, error() {}, warn: console.error };
/** One run counts all. */
const NO_LIMIT_MS = 3_600_000;

/** Runs the job until nothing is due. */
export async function rollUpAll(client: Client, database: Database): Promise<Rolled> {
  const { step, rebuild } = createRollUp(database);
  const steps: number[] = [];
  const used = new Map<number, { first: number; last: number }>();
  let peakMb: number | null = null;
  let looking = false;
  const watch = setInterval(async () => {
    if (looking) return;
    looking = true;
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    for (const { pid } of rows) {
      peakMb = Math.max(peakMb ?? 0, ownMb(pid)) || null;
      const now = processorSeconds(pid);
      used.set(pid, { first: used.get(pid)?.first ?? now, last: Math.max(now, used.get(pid)?.last ?? 0) });
    }
    looking = false;
  }, 100);
  const timed = async (rows: number) => {
    const beganMs = performance.now();
    const outcome = await step(rows);
    if (outcome === "more") steps.push(performance.now() - beganMs);
    if (steps.length % SAY_EVERY === 0) console.error(`${steps.length} slices counted`);
    return outcome;
  };
  const startedMs = performance.now();
  try {
    const rollUpDeps = { rollUp: { step: timed, rebuild }, clock: systemClock, log: LOG, sendFigures: null };
    if (!(await rollUp(rollUpDeps, NO_LIMIT_MS))) throw new Error("the roll-up did not come through");
  } finally {
    clearInterval(watch);
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  const processor = [...used.values()].reduce((sum, { first, last }) => sum + last - first, 0);
  return { seconds, processorSeconds: processor, steps, peakMb };
}

/** Memory of a process that it shares with no other, in MB; 0 when it is gone or the system does not say. */
function ownMb(pid: number): number {
  try {
    const [, kb] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kb ?? 0) / 1_024;
  } catch {
    return 0;
  }
}
