import { type AlertDeps, alertOnce, variables } from "../model/alerts.ts";
import {
  alertDays,
  type ComingEnd,
  comingEnds,
  fateOf,
  type KnownLives,
  type ShutdownDates,
} from "../model/ends.ts";
import type { Clock } from "../types/clock.ts";

/** The service is asked again after this. */
const KEEP_MS = 6 * 3_600_000;

/** Dependencies of the watch over the models' lives. */
export interface WatchDeps extends AlertDeps, Omit<KnownLives, "stated"> {
  clock: Pick<Clock, "now">;
  /** Ids of the configured models. */
  models: readonly string[];
  /** Asks the service. */
  statedDates(): Promise<ShutdownDates>;
}

/** Watches for models that will end. */
export interface ModelWatch {
  /** The configured models that end within 60 days, as far as is known; asks nobody. */
  comingEnds(): ComingEnd[];
  /** Asks the service, at most every six hours, and alerts the company 60, 30 and 7 days ahead, once each. Never throws. */
  refresh(): Promise<void>;
}

/** A watch that knows the table only, until it is refreshed. */
export function createModelWatch(deps: WatchDeps): ModelWatch {
  let stated: ShutdownDates = new Map();
  let askedAtMs = Number.NEGATIVE_INFINITY;
  const ends = () => comingEnds(deps.models, { ...deps, stated }, deps.clock.now());
  return {
    comingEnds: ends,
    async refresh() {
      if (Math.abs(deps.clock.now() - askedAtMs) < KEEP_MS) return;
      askedAtMs = deps.clock.now();
      // A service that lists no models, or is down: the table stays.
      stated = await deps.statedDates().catch(() => stated);
      for (const end of ends()) await alertBefore(end, deps);
    },
  };
}

async function alertBefore(end: ComingEnd, deps: WatchDeps): Promise<void> {
  const { model, shutdown, daysLeft, successor } = end;
  const days = alertDays(end);
  if (days === null) return;
  const title = `${model} ends on ${shutdown}, in ${daysLeft} ${daysLeft === 1 ? "day" : "days"}; ${fateOf(end)}`;
  const wanted = successor ?? "a model that stays";
  const detail = `set ${variables(deps, model)} to ${wanted} before; npm run doctor tries it`;
  await alertOnce(deps, `model:ends:${model}:${shutdown}:${days}`, { title, detail });
}
