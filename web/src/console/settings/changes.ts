import type { Settings, SettingsChange } from "../../../../contracts/console/settings.ts";

/** What has been changed: only that is sent, so that what a colleague has changed meanwhile stays. */
export function changesOf(before: Settings, { csat, containment, ...plain }: Settings): SettingsChange {
  return {
    ...differing(before, plain),
    csat: differing(before.csat, csat),
    containment: differing(before.containment, containment),
  };
}

/** Those of the parts that differ. */
export const differing = <Part extends object>(before: Part, now: Partial<Part>): Partial<Part> =>
  Object.fromEntries(
    Object.entries(now).filter(([name, value]) => before[name as keyof Part] !== value),
  ) as Partial<Part>;
