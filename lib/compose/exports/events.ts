import { createAnalytics } from "../../adapters/analytics.ts";
import type { Env } from "../../config/env.ts";
import { withEvents } from "../../insight/exports/events.ts";
import type { Clock } from "../../types/clock.ts";

interface Settings {
  env: Env;
  clock: Clock;
  platform: { waitUntil(promise: Promise<unknown>): void };
}

/** The store, with events for Vercel Web Analytics where they are switched on. */
export function composeEvents<Store extends Parameters<typeof withEvents>[0]>(
  { env, clock, platform }: Settings,
  store: Store,
): Store {
  const { VERCEL_URL: host, VERCEL_WEB_ANALYTICS_ENDPOINT: endpoint } = env;
  // The library finds one of the two itself, and would complain of each event without.
  if (env.VERCEL_ANALYTICS === "off" || (!host && !endpoint)) return store;
  const origin = env.PUBLIC_URL ?? (host ? `https://${host}` : new URL(endpoint ?? "").origin);
  return withEvents(store, createAnalytics({ origin, clock, waitUntil: platform.waitUntil }));
}
