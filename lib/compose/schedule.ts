import type { Database } from "../../db/client.ts";
import { createSearchIndex } from "../../db/console/search.ts";
import { createDue } from "../jobs/due.ts";
import { indexMessages } from "../jobs/index-messages.ts";
import { rollUp } from "../jobs/rollup.ts";
import type { Base } from "./base.ts";
import { composeRollUp } from "./exports/roll-up.ts";

/** Common dependencies of scheduled jobs. */
export interface Scheduled {
  /** Null: every call is refused. */
  cronSecret: string | null;
  waitUntil(promise: Promise<unknown>): void;
}

/** Scheduled job's dependencies from the environment and the platform. */
export const composeSchedule = ({ env, platform }: Base): Scheduled => ({
  cronSecret: env.CRON_SECRET ?? null,
  waitUntil: platform.waitUntil,
});

const MINUTE_MS = 60_000;
/** Behind a webhook's response; the next message goes on. */
const BUDGET_MS = 3_000;

/** What webhooks do behind their responses where crons come once a day; nothing where a scheduler calls often. */
export function composeDue(base: Base, database: Database): () => Promise<void> {
  const { platform, clock } = base;
  if (platform.hasScheduler) return async () => {};
  const deps = { ...composeRollUp(base, database), searchIndex: createSearchIndex(database) };
  const jobs = [
    { everyMs: MINUTE_MS / 6, run: () => indexMessages(deps, BUDGET_MS) },
    { everyMs: MINUTE_MS, run: () => rollUp(deps, BUDGET_MS) },
  ];
  return createDue(jobs, clock);
}
