import type { ResumeDeps } from "../jobs/resume.ts";
import { composeBase } from "./base.ts";
import type { Platform } from "./platform.ts";
import { composeSchedule, type Scheduled } from "./schedule.ts";
import { composeDatabase } from "./stores.ts";
import { composeTurn } from "./turn.ts";

/** Dependencies of the resume job. */
export function composeResume(platform: Platform): ResumeDeps & Scheduled {
  const base = composeBase(platform);
  return { ...composeTurn(base, composeDatabase(base)), ...composeSchedule(base) };
}
