const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How a wait stands against its target. */
export type WaitTone = "calm" | "soon" | "late";

/** Tone of a wait: `soon` from half of the target, `late` from all of it. */
export function waitTone(waitedMs: number, targetMin: number): WaitTone {
  const share = waitedMs / (targetMin * MINUTE_MS);
  if (share >= 1) return "late";
  return share >= 0.5 ? "soon" : "calm";
}

/** How much of the 24 hours is left for free messages. */
export type WindowTone = "open" | "ending" | "closed";

/** Tone of the window: `ending` in its last two hours. */
export function windowTone(endsAt: number | null, now: number): WindowTone {
  if (endsAt === null || endsAt <= now) return "closed";
  return endsAt - now <= 2 * HOUR_MS ? "ending" : "open";
}
