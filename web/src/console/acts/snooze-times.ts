/** Moments offered for snoozing. */
export type SnoozePreset = "hour" | "threeHours" | "tomorrow" | "nextWeek";

const HOUR_MS = 3_600_000;
const MORNING = 9;

/** Presets with their times in the operator's time zone. */
export function snoozePresets(now: number): { name: SnoozePreset; until: number }[] {
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  const presets: { name: SnoozePreset; until: number }[] = [
    { name: "hour", until: now + HOUR_MS },
    { name: "threeHours", until: now + 3 * HOUR_MS },
    { name: "tomorrow", until: morningIn(now, 1) },
  ];
  // On a Sunday that is tomorrow.
  if (toMonday > 1) presets.push({ name: "nextWeek", until: morningIn(now, toMonday) });
  return presets;
}

function morningIn(now: number, days: number): number {
  const day = new Date(now);
  // By calendar days: a day with a clock change has not 24 hours.
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, MORNING).getTime();
}

/** Value for a field of the type `datetime-local`. */
export function localValue(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
