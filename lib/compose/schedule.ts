import { createChainMark } from "../cache/chain-mark.ts";
import { createUpstashScripts } from "../cache/upstash.ts";
import { createChain, NO_CHAIN, type ResumeChain } from "../jobs/chain.ts";
import type { NextUnread } from "../types/inbox-store.ts";
import type { Base } from "./base.ts";
import { publicUrlOf } from "./public-url.ts";

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

/** The chain of this deployment; none where a scheduler calls often, and none without the secret or an address of its own. */
export function composeChain({ env, platform, clock, log }: Base, inbox: NextUnread): ResumeChain {
  const { CRON_SECRET: secret, KV_REST_API_URL: url, KV_REST_API_TOKEN: token } = env;
  const own = publicUrlOf(env);
  if (platform.hasScheduler || !secret || !own) return NO_CHAIN;
  const scripts = platform.scripts ?? createUpstashScripts({ url, token });
  const mark = createChainMark({ scripts, log, now: clock.now });
  return createChain({ url: `${own}/api/cron/resume`, secret, mark, inbox, clock, log });
}
