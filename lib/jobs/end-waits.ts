import { runAll } from "../turn/run-all.ts";
import type { TurnDeps } from "../turn/state/context.ts";
import type { HandoffReminder, WaitingHandoffs } from "../types/inbox-store.ts";

/** Waits that one call ends; the next call ends the next ones. */
const BATCH = 50;
const HOUR_S = 3_600;

/** Tells customers for whom no operator came that the bot can go on, and reminds their companies. */
export async function endWaits(deps: TurnDeps & { inbox: WaitingHandoffs }): Promise<void> {
  const { conversationIds, reminders } = await deps.inbox.endWaits(BATCH);
  await runAll(conversationIds, deps, null);
  for (const reminder of reminders) await remind(reminder, deps);
}

async function remind(
  { companyName, waiting, longestS }: HandoffReminder,
  { notifier, log }: Pick<TurnDeps, "notifier" | "log">,
): Promise<void> {
  log.warn("handoff.waiting", { waiting });
  const who = waiting === 1 ? "a customer still waits" : `${waiting} customers still wait`;
  const long =
    longestS < 2 * HOUR_S ? `${Math.round(longestS / 60)} minutes` : `${Math.round(longestS / HOUR_S)} hours`;
  await notifier.alert({
    title: `${companyName}: ${who} for a person`,
    detail: `for ${long}; npm run handoffs`,
  });
}
