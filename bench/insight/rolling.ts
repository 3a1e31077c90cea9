import { readFileSync } from "node:fs";
import type { Client } from "pg";
import type { Database } from "../../db/client.ts";
import { createRollUp } from "../../db/metrics.ts";
import { ROWS } from "../../lib/jobs/rollup.ts";

/** What it took to count everything that is due. */
export interface Rolled {
  seconds: number;
  /** Milliseconds of each slice. */
  steps: number[];
  /** Most memory of its own that a process of the database had, in MB; null where the system does not say. */
  peakMb: number | null;
}

/** Counts all that is due, in slices as the job does. */
export async function rollUpAll(client: Client, database: Database): Promise<Rolled> {
  const { step } = createRollUp(database);
  const steps: number[] = [];
  let peakMb: number | null = null;
  const watch = setInterval(async () => {
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where backend_type = 'client backend' and state = 'active' and pid <> pg_backend_pid()",
    );
    for (const { pid } of rows) peakMb = Math.max(peakMb ?? 0, ownMb(pid)) || null;
  }, 100);
  const startedMs = performance.now();
  try {
    for (let more = true; more; ) {
      const beganMs = performance.now();
      more = (await step(ROWS)) === "more";
      if (more) steps.push(performance.now() - beganMs);
    }
  } finally {
    clearInterval(watch);
  }
  return { seconds: (performance.now() - startedMs) / 1_000, steps, peakMb };
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
