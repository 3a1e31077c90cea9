import type { Base } from "./base.ts";

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
