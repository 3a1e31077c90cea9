import type { SendResult } from "../types/channel.ts";
import type { FailureEffect } from "../types/inbox-store.ts";
import type { OutboundMessage } from "../types/outbound.ts";
import type { Claim, SentPart } from "../types/turn-store.ts";
import { failureEffect, WINDOW_CLOSED } from "../whatsapp/errors.ts";
import type { TurnDeps } from "./state/context.ts";
import type { Journal } from "./state/journal.ts";
import { instant, type Lease } from "./state/lease.ts";

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
  outcome: DeliveryOutcome;
  retryAfterMs: number | null;
  /** What Meta's refusals change. */
  effects: FailureEffect[];
}

/**
 * `unconfirmed`: sent as often as it may be, and nobody knows whether it arrived; `wait`: a part could not be sent yet; `refused`: it
 * never will be; `withheld`: somebody else has the conversation now; `lost`: a successor may hold it.
 */
export type DeliveryOutcome = "delivered" | "unconfirmed" | "wait" | "refused" | "withheld" | "lost";

/** Longest pause taken while holding the lease; beyond it the reply is sent later. */
const LONGEST_WAIT_MS = 8_000;

/** What sending needs to know besides the parts. */
export interface Sending {
  claim: Claim;
  lease: Lease;
  journal: Journal;
  deps: TurnDeps;
}

/**
 * Sends the parts in order, after `waitMs`, and stops at the first that does not go out, so that no later part
 * overtakes it. Meta keeps no order of its own: each part waits until the one before has reached the phone.
 */
export async function deliver(parts: readonly Part[], waitMs: number, sending: Sending): Promise<Delivery> {
  const sent: SentPart[] = [];
  const effects: FailureEffect[] = [];
  let outcome: DeliveryOutcome = "delivered";
  if (waitMs > LONGEST_WAIT_MS) return nothingSent(parts, "wait", waitMs);
  if (waitMs > 0) await sending.deps.clock.sleep(waitMs);
  for (const [index, part] of parts.entries()) {
    // What draft or begin_resend has just said holds for the first part, unless it had to wait.
    const looked = index === 0 && waitMs === 0;
    const delivery = looked ? await deliverPart(part, sending) : await follow(part, sent.at(-1), sending);
    sent.push(delivery.part);
    if (delivery.effect) effects.push(delivery.effect);
    if (delivery.outcome === "unconfirmed") outcome = "unconfirmed";
    if (delivery.outcome === "delivered" || delivery.outcome === "unconfirmed") continue;
    const rest = delivery.outcome === "withheld" ? "withheld" : "unsent";
    const unsent = parts.slice(sent.length).map((later) => sentPart(later, rest));
    const { retryAfterMs } = delivery;
    // Whoever has the conversation now should know that nobody knows of an earlier part.
    const ended = delivery.outcome === "withheld" && outcome === "unconfirmed" ? outcome : delivery.outcome;
    return { parts: [...sent, ...unsent], outcome: ended, retryAfterMs, effects };
  }
  return { parts: sent, outcome, retryAfterMs: null, effects };
}

/** A delivery in which no part went out. */
export function nothingSent(
  parts: readonly Part[],
  outcome: "wait" | "withheld",
  retryAfterMs: number | null,
): Delivery {
  const each = outcome === "wait" ? "unsent" : "withheld";
  return { parts: parts.map((part) => sentPart(part, each)), outcome, retryAfterMs, effects: [] };
}

/** Pauses between looks at the database, together as long as a phone that is on usually takes, and then no longer. */
const LOOKS_MS = [150, 250, 500, 1_000, 1_500];

/** A part after a pause: sent unless the last look, right before it, finds that somebody else speaks by now. */
async function follow(part: Part, previous: SentPart | undefined, sending: Sending): Promise<PartDelivery> {
  // Nobody sends without having looked: what cannot be asked now is sent by the next holder.
  const maySend = await mayFollow(previous?.id ?? null, sending).catch(() => null);
  if (maySend === null) return { part: sentPart(part, "unsent"), outcome: "wait", retryAfterMs: null };
  return maySend ? deliverPart(part, sending) : withheld(part);
}

/** Whether the next part may go out, asked until the one before has reached the phone. */
async function mayFollow(previousId: string | null, { claim, deps }: Sending): Promise<boolean> {
  for (const pauseMs of LOOKS_MS) {
    const { maySend, reached } = await deps.store.lookBeforeSend(claim, previousId);
    if (!maySend || reached) return maySend;
    await deps.clock.sleep(pauseMs);
  }
  return (await deps.store.lookBeforeSend(claim, null)).maySend;
}

type PartDelivery = Pick<Delivery, "outcome" | "retryAfterMs"> & {
  part: SentPart;
  effect?: FailureEffect | null;
};

const withheld = (part: Part): PartDelivery => ({
  part: sentPart(part, "withheld"),
  outcome: "withheld",
  retryAfterMs: null,
});

async function deliverPart(part: Part, sending: Sending): Promise<PartDelivery> {
  const { lease, journal } = sending;
  if (!lease.maySend()) return { part: sentPart(part, "unsent"), outcome: "lost", retryAfterMs: null };
  const result = await send(part, sending);
  if (result.outcome === "accepted") {
    return {
      part: sentPart(part, "accepted", result.waMessageId),
      outcome: "delivered",
      retryAfterMs: null,
      effect: result.throttled ? "slow_down" : null,
    };
  }
  journal.failed("send", `graph_${result.code ?? "unanswered"}`);
  if (result.outcome === "ambiguous") return settle(part, sending);
  return refused(part, result);
}

function send(
  { id, message, quoteWaMessageId }: Part,
  { claim, deps: { channel } }: Sending,
): Promise<SendResult> {
  const { phoneNumberId } = claim.tenant;
  const envelope = { phoneNumberId, to: claim.user, quoteWaMessageId, opaqueId: id };
  if (message.kind === "template") return channel.send({ ...envelope, message }, SEND_DEADLINE_MS);
  if (claim.window) return channel.send({ ...envelope, message, window: claim.window }, SEND_DEADLINE_MS);
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
async function settle(part: Part, sending: Sending): Promise<PartDelivery> {
  const { claim, lease, deps } = sending;
  const ambiguous = sentPart(part, "ambiguous");
  await deps.clock.sleep(deps.limits.echoWaitMs);
  if (part.sends >= MAX_SENDS) {
    unconfirmed(claim, part.id, deps);
    return { part: ambiguous, outcome: "unconfirmed", retryAfterMs: null };
  }
  const again = { ...part, sends: part.sends + 1 };
  const started = instant(deps.clock);
  const granted = await deps.store.beginResend(claim, [part.id], deps.limits.leaseMs).catch(() => null);
  // Perhaps counted, certainly not sent.
  if (granted === null) return { part: sentPart(again, "unsent"), outcome: "wait", retryAfterMs: null };
  const { held, maySend, unsettled } = granted;
  if (!held) return { part: ambiguous, outcome: "lost", retryAfterMs: null };
  if (!maySend) return withheld(again);
  lease.extendedAt(started);
  if (unsettled.length === 0) return { part: ambiguous, outcome: "delivered", retryAfterMs: null };
  deps.log.warn("send.repeated", { conversation: claim.conversationId, message: part.id });
  return deliverPart(again, sending);
}

/** Sent as often as it may be and never confirmed: somebody should look. */
export function unconfirmed(claim: Claim, messageId: string, deps: TurnDeps): void {
  deps.log.error("send.unconfirmed", { conversation: claim.conversationId, message: messageId });
}

function refused(part: Part, result: Extract<SendResult, { outcome: "rejected" }>): PartDelivery {
  const later = result.decision === "retry_safe" || result.decision === "stop_and_alert";
  return {
    part: { ...sentPart(part, later ? "unsent" : "rejected"), errorCode: result.code },
    effect: failureEffect([result.code]),
    outcome: later ? "wait" : "refused",
    retryAfterMs: result.retryAfterMs,
  };
}

/** A part's record before more is known of it. */
export const sentPart = (
  { id, sends }: Pick<Part, "id" | "sends">,
  outcome: SentPart["outcome"],
  waMessageId: string | null = null,
): SentPart => ({
  id,
  outcome,
  sends,
  waMessageId,
  errorCode: null,
});
