import type { Claim } from "../types/turn-store.ts";
import { CLOSED_REASONS } from "./answer/budget.ts";
import { likelyLanguage } from "./answer/classify.ts";
import type { TurnDeps } from "./state/context.ts";

/** Tells the company's people that a customer waits for one of them; true when somebody was told. */
export async function tellHandoff(
  claim: Claim,
  handoff: { reason: string } | null,
  deps: TurnDeps,
): Promise<boolean> {
  if (!handoff) return false;
  // One of thousands on such a day: `tellBudget` says it once for all of them.
  if (handoff.reason === CLOSED_REASONS.usd) return true;
  return deps.notifier.handoff({
    conversationId: claim.conversationId,
    companyName: claim.tenant.profile.name,
    reason: handoff.reason,
    language: likelyLanguage(claim),
  });
}
