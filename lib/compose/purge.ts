import { createRetention } from "../../db/retention.ts";
import type { PurgeDeps } from "../jobs/purge.ts";
import { composeBase } from "./base.ts";
import type { Platform } from "./platform.ts";
import { composeSchedule, type Scheduled } from "./schedule.ts";
import { composeArchive, composeDatabase } from "./stores.ts";

/** Dependencies of the purge job. */
export function composePurge(platform: Platform): PurgeDeps & Scheduled {
  const base = composeBase(platform);
  const database = composeDatabase(base);
  return {
    ...composeArchive(base, database),
    ...composeSchedule(base),
    clock: base.clock,
    log: base.log,
    retention: createRetention(database),
    retentionDays: base.env.RETENTION_DAYS,
  };
}
