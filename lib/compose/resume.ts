import { createAbsentOperators } from "../../db/absent-operators.ts";
import { createReminderStore } from "../../db/acts.ts";
import { createSearchIndex } from "../../db/search-index.ts";
import type { ResumeChain } from "../jobs/chain.ts";
import type { IndexMessagesDeps } from "../jobs/index-messages.ts";
import type { ResumeDeps } from "../jobs/resume.ts";
import type { RollUpDeps } from "../jobs/rollup.ts";
import { composeBase } from "./base.ts";
import { composeRollUp } from "./exports/roll-up.ts";
import type { Platform } from "./platform.ts";
import { composeChain, composeSchedule, type Scheduled } from "./schedule.ts";
import { composeDatabase, composeTemplates } from "./stores.ts";
import { composeTurn } from "./turn.ts";

/** Dependencies of the resume job, and of what it starts: the index of messages and the roll-up. */
export function composeResume(
  platform: Platform,
): ResumeDeps & IndexMessagesDeps & RollUpDeps & Scheduled & { chain: ResumeChain } {
  const base = composeBase(platform);
  const database = composeDatabase(base);
  const turn = composeTurn(base, database);
  return {
    ...turn,
    chain: composeChain(base, turn.inbox),
    ...composeSchedule(base),
    reminders: createReminderStore(database),
    templates: composeTemplates(base),
    absent: createAbsentOperators(database),
    searchIndex: createSearchIndex(database),
    ...composeRollUp(base, database),
  };
}
