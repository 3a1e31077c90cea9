import { z } from "zod";
import type { Settings, SettingsChange } from "../../../contracts/console/settings.ts";

/**
 * ★ Settings of a company that has chosen none. The SQL function `tenant_setting` has the same; a test compares them. They govern the
 * console; HANDOFF_WAIT_MIN and HUMAN_PAUSE_HOURS stay the deployment's (docs/configuration.md).
 */
export const DEFAULT_SETTINGS: Settings = {
  waitTargetMin: 10,
  returnAfterMin: 240,
  csat: { enabled: true, askEveryDays: 30, silentAfterMin: 60 },
  reportAfterMin: 15,
  containment: { withoutHandoff: true, withoutOperator: true, lowScore: 2, quietHours: null },
};

const count = (least: number, most: number) => z.number().int().min(least).max(most);
const DAY_MIN = 1_440;
const WEEK_MIN = 7 * DAY_MIN;

// After 23 hours Meta's window would close before the question is answered.
const csat = z.strictObject({
  enabled: z.boolean(),
  askEveryDays: count(1, 365),
  silentAfterMin: count(5, 1_380),
});

const containment = z.strictObject({
  withoutHandoff: z.boolean(),
  withoutOperator: z.boolean(),
  lowScore: z.literal([1, 2, 3]).nullable(),
  quietHours: z.literal([48, 72, 168]).nullable(),
});

const schema = z.strictObject({
  waitTargetMin: count(1, DAY_MIN),
  returnAfterMin: count(5, WEEK_MIN).nullable(),
  csat,
  reportAfterMin: count(1, DAY_MIN),
  containment,
});

/** What an owner changes of the settings, within their bounds. */
export const settingsChangeSchema: z.ZodType<SettingsChange> = schema
  .extend({ csat: csat.partial(), containment: containment.partial() })
  .partial();

/** Stored settings with the defaults of what is absent; all defaults when they cannot be read. */
export function settingsOf(stored: unknown): Settings {
  const chosen = typeof stored === "object" && stored !== null ? (stored as Partial<Settings>) : {};
  const result = schema.safeParse({
    ...DEFAULT_SETTINGS,
    ...chosen,
    csat: { ...DEFAULT_SETTINGS.csat, ...chosen.csat },
    containment: { ...DEFAULT_SETTINGS.containment, ...chosen.containment },
  });
  return result.success ? result.data : DEFAULT_SETTINGS;
}
