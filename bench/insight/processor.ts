import { readFileSync } from "node:fs";
import type { Client } from "pg";

/** Ticks of the processor a second, as Linux counts them for programs. */
const TICKS = 100;

/** Seconds of processor that a process has used; 0 when it is gone or the system does not say. */
export function processorSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return 0;
  }
}

/**
 * Meter of the processor time in milliseconds that this process and the database's connections have used: it hardly depends on other work. What
 * a connection used after the last look at it is not seen.
 */
export function createMeter(client: Client): () => Promise<number> {
  const ofConnections = createConnectionMeter(client);
  return async () => {
    const { user, system } = process.cpuUsage();
    return (await ofConnections()) + (user + system) / 1_000;
  };
}

/** The same without this process. */
export function createConnectionMeter(client: Client): () => Promise<number> {
  const used = new Map<number, number>();
  return async () => {
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where backend_type = 'client backend' and datname = current_database()",
    );
    for (const { pid } of rows) used.set(pid, Math.max(used.get(pid) ?? 0, processorSeconds(pid) * 1_000));
    return [...used.values()].reduce((sum, ms) => sum + ms, 0);
  };
}
