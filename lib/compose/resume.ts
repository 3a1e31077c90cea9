import { createAbsentOperators } from "../../db/absent-operators.ts";
import type { ResumeDeps } from "../jobs/resume.ts";
import { composeBase } from "./base.ts";
import type { Platform } from "./platform.ts";
import { composeSchedule, type Scheduled } from "./schedule.ts";
import { composeDatabase } from "./stores.ts";
import { composeTurn } from "./turn.ts";

/** Dependencies of the resume job. */
export function composeResume(platform: Platform): ResumeDeps & Scheduled {
  const base = composeBase(platform);
  const database = composeDatabase(base);
  return {
    ...composeTurn(base, database),
    ...composeSchedule(base),
    absent: createAbsentOperators(database),
  };
}
