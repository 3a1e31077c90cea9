import { createAbsentOperators } from "../../db/absent-operators.ts";
import { createSearchIndex } from "../../db/search-index.ts";
import type { IndexMessagesDeps } from "../jobs/index-messages.ts";
import type { ResumeDeps } from "../jobs/resume.ts";
import type { RollUpDeps } from "../jobs/rollup.ts";
import { composeBase } from "./base.ts";
import { composeRollUp } from "./exports/roll-up.ts";
import type { Platform } from "./platform.ts";
import { composeSchedule, type Scheduled } from "./schedule.ts";
import { composeDatabase } from "./stores.ts";
import { composeTurn } from "./turn.ts";

/** Dependencies of the resume job, and of what it starts: the index of messages and the roll-up. */
export function composeResume(platform: Platform): ResumeDeps & IndexMessagesDeps & RollUpDeps & Scheduled {
  const base = composeBase(platform);
  const database = composeDatabase(base);
  return {
    ...composeTurn(base, database),
    ...composeSchedule(base),
    absent: createAbsentOperators(database),
    searchIndex: createSearchIndex(database),
    ...composeRollUp(base, database),
  };
}
