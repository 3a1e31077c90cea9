import { createRetention } from "../../db/retention.ts";
import type { Env } from "../config/env.ts";
import type { PurgeDeps } from "../jobs/purge.ts";
import { composeBase } from "./base.ts";
import type { Platform } from "./platform.ts";
import { composeSchedule, type Scheduled } from "./schedule.ts";
import { composeArchive, composeDatabase } from "./stores.ts";

/** Days that rows are kept. */
function daysOf({ RETENTION_DAYS: retentionDays, KEEP_EXCHANGES: keep }: Env) {
  if (keep === "off") return { retentionDays, exchangeDays: 0 };
  return { retentionDays, exchangeDays: keep === "on" ? retentionDays : Math.min(keep, retentionDays) };
}

/** Dependencies of the purge. */
export function composePurge(platform: Platform): PurgeDeps & Scheduled {
  const base = composeBase(platform);
  const database = composeDatabase(base);
  return {
    ...composeArchive(base, database),
    ...composeSchedule(base),
    clock: base.clock,
    log: base.log,
    retention: createRetention(database),
    ...daysOf(base.env),
  };
}
