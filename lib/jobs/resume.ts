import { runAll } from "../turn/run-all.ts";
import type { TurnDeps } from "../turn/state/context.ts";
import type { OpenConversations } from "../types/inbox-store.ts";

/** Everything resuming needs. */
export interface ResumeDeps extends TurnDeps {
  inbox: OpenConversations;
}

/** Conversations looked at by one call; the next call takes the next. */
const BATCH = 50;

/** Finishes what was left open, longest waiting first: how many conversations were found and how many were run. */
export async function resume(deps: ResumeDeps): Promise<{ found: number; resumed: number }> {
  const open = await deps.inbox.open(BATCH);
  const resumed = await runAll(open, deps, null);
  if (open.length > 0) deps.log.warn("resume.ran", { found: open.length, resumed });
  return { found: open.length, resumed };
}
