import { RATING_NOTICES } from "../ratings/notices.ts";
import { runAll } from "../turn/run-all.ts";
import type { TurnDeps } from "../turn/state/context.ts";
import type { SilentConversations } from "../types/ratings.ts";

/** Silences that one call ends; the next call ends the next ones. */
const BATCH = 50;

/** Asks for a rating where a conversation has fallen silent. */
export async function askRatings(deps: TurnDeps & { inbox: SilentConversations }): Promise<void> {
  await runAll(await deps.inbox.endSilences(BATCH, RATING_NOTICES), deps, null);
}
