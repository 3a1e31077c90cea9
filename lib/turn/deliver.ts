import type { Claim, SendResult, SentPart } from "../ports.ts";
import type { TurnDeps } from "./context.ts";
import type { Journal } from "./journal.ts";
import type { Lease } from "./lease.ts";

/** For one part, with the client's own resends. */
const SEND_DEADLINE_MS = 10_000;
/** A message whose send was never answered is sent at most this often: the one published way to say a thing twice. */
export const MAX_SENDS = 2;

/** A written reply, or a part of it, that is to be sent. */
export interface Part {
  id: string;
  text: string;
  quoteWaMessageId: string | null;
  /** Sends begun so far, this one included. */
  sends: number;
}

/** What became of the parts, and of the whole. */
export interface Delivery {
  parts: SentPart[];
  /** `wait`: a part could not be sent yet; `refused`: it never will be; `lost`: a successor may hold the conversation. */
  outcome: "delivered" | "wait" | "refused" | "lost";
  retryAfterMs: number | null;
}

/** Sends the parts in order and stops at the first that does not go out, so that no later part overtakes it. */
export async function deliver(
  claim: Claim,
  parts: readonly Part[],
  lease: Lease,
  deps: TurnDeps,
  journal: Journal,
): Promise<Delivery> {
  const sent: SentPart[] = [];
  for (const part of parts) {
    const { outcome, retryAfterMs, ...record } = await deliverPart(claim, part, lease, deps, journal);
    sent.push(record.part);
    if (outcome === "delivered") continue;
    const unsent = parts.slice(sent.length).map(({ id }): SentPart => sentPart(id, "unsent"));
    return { parts: [...sent, ...unsent], outcome, retryAfterMs };
  }
  return { parts: sent, outcome: "delivered", retryAfterMs: null };
}

type PartDelivery = Pick<Delivery, "outcome" | "retryAfterMs"> & { part: SentPart };

async function deliverPart(
  claim: Claim,
  part: Part,
  lease: Lease,
  deps: TurnDeps,
  journal: Journal,
): Promise<PartDelivery> {
  if (!lease.maySend()) {
    return { part: sentPart(part.id, "unsent"), outcome: "lost", retryAfterMs: null };
  }
  const result = await deps.channel.sendText(
    {
      phoneNumberId: claim.tenant.phoneNumberId,
      to: claim.user,
      text: part.text,
      quoteWaMessageId: part.quoteWaMessageId,
      opaqueId: part.id,
    },
    SEND_DEADLINE_MS,
  );
  if (result.outcome === "accepted") {
    return {
      part: sentPart(part.id, "accepted", result.waMessageId),
      outcome: "delivered",
      retryAfterMs: null,
    };
  }
  journal.failed("send", `graph_${result.code ?? "unanswered"}`);
  if (result.outcome === "ambiguous") return settle(claim, part, lease, deps, journal);
  return refused(part, result);
}

/** No answer: only a status report can tell. Waits for it; without one the message is sent once more, and never again. */
async function settle(
  claim: Claim,
  part: Part,
  lease: Lease,
  deps: TurnDeps,
  journal: Journal,
): Promise<PartDelivery> {
  const ambiguous = sentPart(part.id, "ambiguous");
  await deps.clock.sleep(deps.limits.echoWaitMs);
  if (part.sends >= MAX_SENDS) {
    unconfirmed(claim, part.id, deps);
    return { part: ambiguous, outcome: "delivered", retryAfterMs: null };
  }
  const startedMs = deps.clock.now();
  const { held, unsettled } = await deps.store.beginResend(claim, [part.id], deps.limits.leaseMs);
  if (!held) return { part: ambiguous, outcome: "lost", retryAfterMs: null };
  lease.extendedAt(startedMs);
  if (unsettled.length === 0) return { part: ambiguous, outcome: "delivered", retryAfterMs: null };
  deps.log.warn("send.repeated", { conversation: claim.conversationId, message: part.id });
  return deliverPart(claim, { ...part, sends: part.sends + 1 }, lease, deps, journal);
}

/** Sent as often as it may be and never confirmed: somebody should look. */
export function unconfirmed(claim: Claim, messageId: string, deps: TurnDeps): void {
  deps.log.error("send.unconfirmed", { conversation: claim.conversationId, message: messageId });
}

function refused(part: Part, result: Extract<SendResult, { outcome: "rejected" }>): PartDelivery {
  const later = result.decision === "retry_safe" || result.decision === "stop_and_alert";
  return {
    part: { ...sentPart(part.id, later ? "unsent" : "rejected"), errorCode: result.code },
    outcome: later ? "wait" : "refused",
    retryAfterMs: result.retryAfterMs,
  };
}

/** A part's record before more is known of it. */
export const sentPart = (
  id: string,
  outcome: SentPart["outcome"],
  waMessageId: string | null = null,
): SentPart => ({
  id,
  outcome,
  waMessageId,
  errorCode: null,
});
