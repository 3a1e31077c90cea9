import { runAll } from "../turn/run-all.ts";
import type { AbsentOperators } from "../types/handover.ts";
import type { UnreadConversations, WaitingHandoffs } from "../types/inbox-store.ts";
import type { SilentConversations } from "../types/ratings.ts";
import { askRatings } from "./ask-ratings.ts";
import { endWaits } from "./end-waits.ts";
import { type RemindDeps, remind } from "./remind.ts";
import { reportUntaken, returnIdle } from "./return-idle.ts";

/** Dependencies of the resume job. */
export interface ResumeDeps extends RemindDeps {
  inbox: UnreadConversations & WaitingHandoffs & SilentConversations;
  absent: AbsentOperators;
}

/** Conversations per call; the next call takes the next ones. */
const BATCH = 100;

/**
 * Runs conversations that were left unread, longest waiting first; ends waits for an operator, gives back what operators left alone, sends
 * reminders, and asks for ratings. Counts the unread ones that were found and run.
 */
export async function resume(deps: ResumeDeps): Promise<{ found: number; resumed: number }> {
  const open = await deps.inbox.unread(BATCH);
  const { started: resumed } = await runAll(open, deps, null);
  if (open.length > 0) deps.log.warn("resume.ran", { found: open.length, resumed });
  // Before the daily reminders, of which it is the first.
  await reportUntaken(deps);
  await endWaits(deps);
  await returnIdle(deps);
  await remind(deps);
  await askRatings(deps);
  return { found: open.length, resumed };
}
