import { runAll } from "../turn/run-all.ts";
import type { TurnDeps } from "../turn/state/context.ts";
import type { WaitingHandoffs } from "../types/inbox-store.ts";

/** Waits that one call ends; the next call ends the next ones. */
const BATCH = 50;
/** Tells customers for whom no operator came that the bot can go on, and reminds their companies. */
export async function endWaits(deps: TurnDeps & { inbox: WaitingHandoffs }): Promise<void> {
  const { conversationIds, reminders } = await deps.inbox.endWaits(BATCH);
  await runAll(conversationIds, deps, null);
  for (const { waiting: count, ...reminder } of reminders) {
    deps.log.warn("handoff.waiting", { waiting: count });
    await deps.notifier.absence({ kind: "untaken", ...reminder, count });
  }
}
