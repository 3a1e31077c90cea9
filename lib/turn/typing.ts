import type { Claim } from "../types/turn-store.ts";
import type { TurnDeps } from "./state/context.ts";

/** "typing…" ends by itself after 25 s; it is asked for again before that. */
const REFRESH_MS = 20_000;

/** Shows the customer that they were read and are being answered, until stopped. Holds nothing up. */
export function keepTyping(
  claim: Claim,
  deps: Pick<TurnDeps, "channel" | "clock">,
): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const latest = claim.pending.findLast((message) => message.waMessageId !== null)?.waMessageId;
  const type = async () => {
    while (latest && !stopped.signal.aborted) {
      await deps.channel.readAndType(claim.tenant.phoneNumberId, latest);
      await deps.clock.sleep(REFRESH_MS, stopped.signal);
    }
  };
  const typing = type();
  return {
    stop: () => {
      stopped.abort();
      return typing;
    },
  };
}
