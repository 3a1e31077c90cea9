import { createOrderSystem, createRecordsOf } from "../../lib/tools/records.ts";
import type { RunnerOptions } from "../../lib/tools/runner.ts";
import type { BusinessRecords } from "../../lib/types/tools.ts";

/** Orders of the system at `url`, as the deployment's, for one company. */
export function recordsAt(
  url: string,
  { timeoutMs, ...options }: Partial<RunnerOptions> & { timeoutMs?: number } = {},
): BusinessRecords {
  const { tool, runner } = createOrderSystem({
    ...{ url, fetch, secret: "shared", variable: () => undefined, log: { warn: () => undefined } },
    clock: { now: Date.now, sleep: async () => undefined },
    ...options,
  });
  const timed = timeoutMs === undefined ? tool : { ...tool, timeoutMs };
  const records = createRecordsOf(runner, { tool: timed, runner })({ id: "tenant-1", phoneNumberId: "100" });
  if (!records) throw new Error("the deployment has an order system");
  return records;
}
