const MINUTE_MS = 60_000;
const UNITS = [
  ["day", 1440],
  ["hour", 60],
  ["minute", 1],
] as const;

/** Formats lengths of time in their two largest units down to minutes, e.g. `2 h 5 min`. */
export function createSpan(language: string): (ms: number) => string {
  const formats = UNITS.map(([unit, minutes]) => {
    const format = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" });
    return { minutes, format };
  });
  const [, , minute] = formats;
  return (ms) => {
    let left = Math.floor(Math.max(0, ms) / MINUTE_MS);
    if (left === 0) return `< ${minute?.format.format(1)}`;
    const parts: string[] = [];
    for (const { minutes, format } of formats) {
      const count = Math.floor(left / minutes);
      left -= count * minutes;
      // Two units that follow each other: 1 day and 3 minutes are 1 day.
      if (count > 0) parts.push(format.format(count));
      else if (parts.length > 0) break;
    }
    return parts.slice(0, 2).join(" ");
  };
}
