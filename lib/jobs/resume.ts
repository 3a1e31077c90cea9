import { runAll } from "../turn/run-all.ts";
import type { TurnDeps } from "../turn/state/context.ts";
import type { UnreadConversations, WaitingHandoffs } from "../types/inbox-store.ts";
import type { SilentConversations } from "../types/ratings.ts";
import { askRatings } from "./ask-ratings.ts";
import { endWaits } from "./end-waits.ts";

/** Dependencies of the resume job. */
export interface ResumeDeps extends TurnDeps {
  inbox: UnreadConversations & WaitingHandoffs & SilentConversations;
}

/** Conversations per call; the next call takes the next ones. */
const BATCH = 50;

/** Ends waits for an operator, asks for ratings and runs conversations that were left unread, longest waiting first; counts those found and those run. */
export async function resume(deps: ResumeDeps): Promise<{ found: number; resumed: number }> {
  const open = await deps.inbox.unread(BATCH);
  const resumed = await runAll(open, deps, null);
  if (open.length > 0) deps.log.warn("resume.ran", { found: open.length, resumed });
  await endWaits(deps);
  await askRatings(deps);
  return { found: open.length, resumed };
}
