/** Whether the local classifier agrees with the model less than before. */
import { driftOf, sumOf } from "../insight/guesses.ts";
import type { Look } from "../types/alerts.ts";
import type { GuessReader } from "../types/turn/guesses.ts";
import { finding } from "./rules.ts";

const WEEK_MS = 7 * 86_400_000;
const WEEKS_BEFORE = 4;

/** Compares the last seven days with the four weeks before; other weights guess otherwise and are not compared. */
export async function driftLook(tenantId: string, nowMs: number, guesses: GuessReader): Promise<Look> {
  const weekAgoMs = nowMs - WEEK_MS;
  const [before, now] = await Promise.all([
    guesses.agreement(tenantId, { fromMs: weekAgoMs - WEEKS_BEFORE * WEEK_MS, toMs: weekAgoMs }),
    guesses.agreement(tenantId, { fromMs: weekAgoMs, toMs: nowMs }),
  ]);
  const drift = before.version === now.version ? driftOf(sumOf(before.cells), sumOf(now.cells)) : null;
  const percent = (share: number) => Math.round(100 * share);
  const found = drift && [
    finding("drift", {
      severity: "ticket",
      facts: { before: percent(drift.before), now: percent(drift.now), compared: drift.compared },
    }),
  ];
  return { found: found ?? [], checked: ["drift"] };
}
