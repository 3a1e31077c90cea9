import { z } from "zod";
import type { Settings } from "../../../contracts/console/settings.ts";

/**
 * ★ Settings of a company that has chosen none. The SQL function `tenant_setting` has the same; a test compares them. They govern the
 * console; HANDOFF_WAIT_MIN and HUMAN_PAUSE_HOURS stay the deployment's (docs/configuration.md).
 */
export const DEFAULT_SETTINGS: Settings = {
  waitTargetMin: 10,
  returnAfterMin: 240,
  csat: { enabled: true, askEveryDays: 30, silentAfterMin: 60 },
  reportAfterMin: 15,
};

const count = (least: number, most: number) => z.number().int().min(least).max(most);
const DAY_MIN = 1_440;
const WEEK_MIN = 7 * DAY_MIN;

/** Settings as an owner writes them: all of them, within their bounds. */
export const settingsSchema: z.ZodType<Settings> = z.strictObject({
  waitTargetMin: count(1, DAY_MIN),
  returnAfterMin: count(5, WEEK_MIN).nullable(),
  // After 23 hours Meta's window would close before the question is answered.
  csat: z.strictObject({
    enabled: z.boolean(),
    askEveryDays: count(1, 365),
    silentAfterMin: count(5, 1_380),
  }),
  reportAfterMin: count(1, DAY_MIN),
});

/** Stored settings with the defaults of what is absent; all defaults when they cannot be read. */
export function settingsOf(stored: unknown): Settings {
  const chosen = typeof stored === "object" && stored !== null ? (stored as Partial<Settings>) : {};
  const csat = { ...DEFAULT_SETTINGS.csat, ...chosen.csat };
  const result = settingsSchema.safeParse({ ...DEFAULT_SETTINGS, ...chosen, csat });
  return result.success ? result.data : DEFAULT_SETTINGS;
}
