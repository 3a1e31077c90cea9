import type { Base } from "./base.ts";

/** The part that every job of a scheduler has: who may call it, and what it may leave for after the answer. */
export interface Scheduled {
  /** Null: nobody may. */
  cronSecret: string | null;
  waitUntil(promise: Promise<unknown>): void;
}

/** That part, from the environment and the platform. */
export const composeSchedule = ({ env, platform }: Base): Scheduled => ({
  cronSecret: env.CRON_SECRET ?? null,
  waitUntil: platform.waitUntil,
});
