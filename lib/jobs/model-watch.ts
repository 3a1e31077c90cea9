import { type ComingEnd, comingEnds, type KnownLives, type ShutdownDates } from "../model/ends.ts";
import type { Clock } from "../types/clock.ts";

/** The service is asked again after this. */
const KEEP_MS = 6 * 3_600_000;

/** Dependencies of the watch over the models' lives. */
export interface WatchDeps extends Omit<KnownLives, "stated"> {
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
}

/** A watch that knows the table only, until the service has answered. */
export function createModelWatch(deps: WatchDeps): ModelWatch {
  let stated: ShutdownDates | null = null;
  const mayAsk = everySixHours(deps.clock);
  return {
    async comingEnds() {
      // A service that lists no models, or is down: what is known stays.
      if (mayAsk()) stated = await deps.statedDates().catch(() => stated ?? new Map());
      return comingEnds(deps.models, { ...deps, stated: stated ?? new Map() }, deps.clock.now());
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
