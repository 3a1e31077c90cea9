import type { OutboundMessage } from "../outbound.ts";
import type { SendResult } from "../ports.ts";
import type { Claim, FailureEffect, SentPart } from "../store-ports.ts";
import { failureEffect, WINDOW_CLOSED } from "../whatsapp/errors.ts";
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
  message: OutboundMessage;
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
  /** What Meta's refusals change. */
  effects: FailureEffect[];
}

/** Longer than this nobody waits with a lease in hand: the reply is sent later. */
const LONGEST_WAIT_MS = 8_000;

/**
 * Sends the parts in order, after `waitMs`, and stops at the first that does not go out, so that no later part
 * overtakes it. Meta keeps no order of its own: each part waits until the one before has reached the phone.
 */
export async function deliver(
  claim: Claim,
  parts: readonly Part[],
  waitMs: number,
  lease: Lease,
  deps: TurnDeps,
  journal: Journal,
): Promise<Delivery> {
  const sent: SentPart[] = [];
  const effects: FailureEffect[] = [];
  if (waitMs > LONGEST_WAIT_MS) return later(parts, waitMs);
  if (waitMs > 0) await deps.clock.sleep(waitMs);
  for (const part of parts) {
    const previous = sent.at(-1);
    if (previous) await reachedPhone(previous.id, deps);
    const delivery = await deliverPart(claim, part, lease, deps, journal);
    sent.push(delivery.part);
    if (delivery.effect) effects.push(delivery.effect);
    if (delivery.outcome === "delivered") continue;
    const unsent = parts.slice(sent.length).map(({ id }): SentPart => sentPart(id, "unsent"));
    const { outcome, retryAfterMs } = delivery;
    return { parts: [...sent, ...unsent], outcome, retryAfterMs, effects };
  }
  return { parts: sent, outcome: "delivered", retryAfterMs: null, effects };
}

/** Nothing is sent now. */
function later(parts: readonly Part[], waitMs: number): Delivery {
  return {
    parts: parts.map(({ id }) => sentPart(id, "unsent")),
    outcome: "wait",
    retryAfterMs: waitMs,
    effects: [],
  };
}

/** Pauses between looks at the database, together as long as a phone that is on usually takes, and then no longer. */
const LOOKS_MS = [150, 250, 500, 1_000, 1_500];

async function reachedPhone(messageId: string, deps: TurnDeps): Promise<void> {
  for (const pauseMs of LOOKS_MS) {
    if (await deps.store.delivered(messageId)) return;
    await deps.clock.sleep(pauseMs);
  }
}

type PartDelivery = Pick<Delivery, "outcome" | "retryAfterMs"> & {
  part: SentPart;
  effect?: FailureEffect | null;
};

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
  const result = await send(claim, part, deps);
  if (result.outcome === "accepted") {
    return {
      part: sentPart(part.id, "accepted", result.waMessageId),
      outcome: "delivered",
      retryAfterMs: null,
      effect: result.throttled ? "slow_down" : null,
    };
  }
  journal.failed("send", `graph_${result.code ?? "unanswered"}`);
  if (result.outcome === "ambiguous") return settle(claim, part, lease, deps, journal);
  return refused(part, result);
}

function send(claim: Claim, { id, message, quoteWaMessageId }: Part, deps: TurnDeps): Promise<SendResult> {
  const { phoneNumberId } = claim.tenant;
  const envelope = { phoneNumberId, to: claim.user, quoteWaMessageId, opaqueId: id };
  if (message.kind === "template") return deps.channel.send({ ...envelope, message }, SEND_DEADLINE_MS);
  if (claim.window)
    return deps.channel.send({ ...envelope, message, window: claim.window }, SEND_DEADLINE_MS);
  return Promise.resolve(ONLY_A_TEMPLATE);
}

/** Meta's own answer, without asking for it: only a template may be sent now. */
const ONLY_A_TEMPLATE: SendResult = {
  outcome: "rejected",
  decision: "needs_template",
  code: WINDOW_CLOSED,
  retryAfterMs: null,
  attempts: 0,
};

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
    effect: failureEffect([result.code]),
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
