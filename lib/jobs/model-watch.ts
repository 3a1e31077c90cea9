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

/** The service is asked again, and alerts are looked for, after this. */
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
  /** The configured models that end within 60 days. Asks the service at most every six hours. Never throws. */
  comingEnds(): Promise<ComingEnd[]>;
  /** Alerts the company 60, 30 and 7 days ahead, once each; looks every six hours. Never throws. */
  alert(): Promise<void>;
}

/** A watch that knows the table only, until the service has answered. */
export function createModelWatch(deps: WatchDeps): ModelWatch {
  let stated: ShutdownDates | null = null;
  const mayAsk = everySixHours(deps.clock);
  const mayAlert = everySixHours(deps.clock);
  const comingEndsNow = async () => {
    // A service that lists no models, or is down: what is known stays.
    if (mayAsk()) stated = await deps.statedDates().catch(() => stated ?? new Map());
    return comingEnds(deps.models, { ...deps, stated: stated ?? new Map() }, deps.clock.now());
  };
  return {
    comingEnds: comingEndsNow,
    async alert() {
      const ends = await comingEndsNow();
      // Another request is asking: it may yet correct the table.
      if (stated === null || !mayAlert()) return;
      for (const end of ends) await alertBefore(end, deps);
    },
  };
}

/** True at the first call, and when six hours have passed since it last was. */
function everySixHours({ now }: Pick<Clock, "now">): () => boolean {
  let lastMs = Number.NEGATIVE_INFINITY;
  return () => {
    if (Math.abs(now() - lastMs) < KEEP_MS) return false;
    lastMs = now();
    return true;
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
