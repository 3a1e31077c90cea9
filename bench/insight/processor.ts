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

/** Milliseconds of processor that this process and the database's connections have used: what hardly depends on other work. */
export async function processorMs(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>(
    "select pid from pg_stat_activity where backend_type = 'client backend'",
  );
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + rows.reduce((sum, { pid }) => sum + processorSeconds(pid) * 1_000, 0);
}
