import { create as createWatch } from "../../api/cron/health.ts";
import { createRollUp } from "../../db/metrics.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import type { Platform } from "../../lib/compose/platform.ts";
import { type Env, parseEnv } from "../../lib/config/env.ts";
import { startReceiver } from "../support/receiver.ts";
import { startSlack } from "../support/slack.ts";
import { startWorld, WORLD } from "../support/world.ts";

export const MINUTE = 60_000;
const ACCOUNT = "102290129340398";

/** A bot whose alerts are read where they arrive, with a clock that is set by hand. */
export async function startWatched(env: Record<string, string> = {}) {
  const slack = await startSlack();
  const receiver = await startReceiver();
  const world = await startWorld({
    endpoints: true,
    env: {
      SLACK_WEBHOOK_URL: slack.url,
      NOTIFY_WEBHOOK_URL: receiver.url,
      RUNBOOK_URL: "https://example.com/runbook.md",
      WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT,
      BUDGET_MONTH_USD: "100",
      REPLY_TIMEOUT_MS: "1500",
      ...env,
    },
  });
  const [tenant] = await world.sql<{ id: string }>`select id from tenants`;
  const pending: Promise<unknown>[] = [];
  const watched = {
    ...{ world, slack, receiver, instance, pass },
    tenantId: tenant?.id ?? "",
    /** Instances of the bot share it. */
    nowMs: Date.now(),
    /** As if nothing had been watched before, and all were well. */
    async reset(): Promise<void> {
      watched.nowMs = Date.now();
      world.graph.setAccount({});
      world.model.setLives({});
      world.model.setFault(null);
      world.neon.setFault(null);
      world.upstash.setFault(null);
      for (const table of [world.sql`delete from alerts`, world.sql`delete from alert_runs`]) await table;
      await world.sql`delete from metric_counters`;
      await world.sql`delete from metric_passes`;
      await world.sql`delete from usage`;
      [slack.told.length, receiver.told.length] = [0, 0];
    },
    async close(): Promise<void> {
      await world.close();
      await slack.close();
      await receiver.close();
    },
  };
  return watched;

  /** One instance of the cron. */
  function instance(): () => Promise<{ checked: boolean; told: number }> {
    const parsed: Env = parseEnv(world.environment);
    const platform: Platform = {
      env: () => parsed,
      waitUntil: (promise) => void pending.push(promise),
      clock: { ...systemClock, now: () => watched.nowMs },
    };
    const cron = createWatch(platform);
    const headers = { authorization: `Bearer ${WORLD.cronSecret}` };
    return async () =>
      (await (await cron(new Request(`${world.url}/api/cron/health`, { headers }))).json()) as never;
  }

  /** Runs two instances at once, every minute (or more) for so many times; gives what Slack was told. */
  async function pass(times: number, everyMs = MINUTE): Promise<string[]> {
    const instances = [instance(), instance()];
    const from = slack.told.length;
    for (let time = 0; time < times; time += 1) {
      // Checks of services outside are shared for ten seconds.
      watched.nowMs += everyMs;
      await createRollUp({ sql: world.sql }).step(5_000, watched.nowMs);
      await Promise.all(instances.map((run) => run()));
    }
    return slack.told.slice(from);
  }
}

export type Watched = Awaited<ReturnType<typeof startWatched>>;
