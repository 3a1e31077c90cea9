import type { TurnDeps } from "./state/context.ts";
import type { Turn } from "./state/turn.ts";

/** "typing…" ends by itself after 25 s; it is asked for again before that. */
const REFRESH_MS = 20_000;

/** Shows the customer blue ticks and "typing…" until stopped, without delaying the turn. */
export function showTyping({
  claim,
  deps,
}: Pick<Turn<Pick<TurnDeps, "channel" | "clock">>, "claim" | "deps">): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const latest = claim.pending.findLast((message) => message.waMessageId !== null)?.waMessageId;
  const refresh = async () => {
    while (latest && !stopped.signal.aborted) {
      await deps.channel.readAndType(claim.tenant.phoneNumberId, latest);
      await deps.clock.sleep(REFRESH_MS, stopped.signal);
    }
  };
  const typing = refresh();
  return {
    stop: () => {
      stopped.abort();
      return typing;
    },
  };
}
