import type { SendResult } from "../types/channel.ts";
import type { FailureEffect } from "../types/inbox-store.ts";
import type { SentPart } from "../types/turn-store.ts";
import { META_ERRORS, refusalEffects } from "../whatsapp/errors.ts";
import { acceptedPart, MAX_SENDS, type Part, sentPart } from "./part.ts";
import { nextForm, redraft } from "./plain-form.ts";
import { instant } from "./state/lease.ts";
import type { Turn } from "./state/turn.ts";

/** For one part, including the client's own retries. */
const SEND_DEADLINE_MS = 10_000;
/** Longest pause taken while holding the lease; beyond it the reply is deferred. */
const LONGEST_WAIT_MS = 8_000;

/** The result of sending a reply, by part and as a whole. */
export interface SentReply {
  parts: SentPart[];
  outcome: SendOutcome;
  retryAfterMs: number | null;
  /** Changes that Meta's refusals ask for. */
  effects: FailureEffect[];
}

/**
 * `unconfirmed`: sent as often as allowed, and it is not known whether it arrived; `deferred`: a part cannot be sent yet; `refused`: it
 * never will be; `withheld`: the conversation is no longer the bot's; `lost`: a successor may hold the lease.
 */
export type SendOutcome = "sent" | "unconfirmed" | "deferred" | "refused" | "withheld" | "lost";

/**
 * Sends the parts in order, after `waitMs`, and stops at the first that does not go out, so that no later part
 * overtakes it. Meta keeps no order of its own: each part waits until the one before has reached the phone.
 */
export async function sendParts(turn: Turn, parts: readonly Part[], waitMs: number): Promise<SentReply> {
  const { stages } = turn.journal;
  const sent = await stages.run("send", () => sendInOrder(turn, parts, waitMs));
  if (sent.outcome === "sent" && turn.receivedAtMs !== null)
    stages.add("wait", turn.deps.clock.now() - turn.receivedAtMs);
  return sent;
}

async function sendInOrder(turn: Turn, parts: readonly Part[], waitMs: number): Promise<SentReply> {
  if (waitMs > LONGEST_WAIT_MS) return nothingSent(parts, "deferred", waitMs);
  if (waitMs > 0) await turn.deps.clock.sleep(waitMs);
  const sent: SentPart[] = [];
  const effects: FailureEffect[] = [];
  let outcome: SendOutcome = "sent";
  for (const [index, part] of parts.entries()) {
    // The draft or begin_resend has just checked the first part, unless it had to wait.
    const checked = index === 0 && waitMs === 0;
    const result = checked ? await sendPart(turn, part) : await checkAndSend(turn, part, sent.at(-1));
    sent.push(result.part);
    effects.push(...(result.effects ?? []));
    if (result.outcome === "unconfirmed") outcome = "unconfirmed";
    if (result.outcome === "sent" || result.outcome === "unconfirmed") continue;
    const unsent = parts.slice(sent.length).map((rest) => sentPart(rest, restOutcome(result.outcome)));
    // The next holder must learn that an earlier part is unconfirmed.
    const ended = result.outcome === "withheld" && outcome === "unconfirmed" ? outcome : result.outcome;
    return { parts: [...sent, ...unsent], outcome: ended, retryAfterMs: result.retryAfterMs, effects };
  }
  return { parts: sent, outcome, retryAfterMs: null, effects };
}

/** The result when no part went out. */
export function nothingSent(
  parts: readonly Part[],
  outcome: "deferred" | "withheld",
  retryAfterMs: number | null,
): SentReply {
  const each = restOutcome(outcome);
  return { parts: parts.map((part) => sentPart(part, each)), outcome, retryAfterMs, effects: [] };
}

/** The outcome of the parts behind one that did not go out. */
const restOutcome = (outcome: SendOutcome): SentPart["outcome"] =>
  outcome === "withheld" ? "withheld" : "unsent";

/** Pauses between checks, together as long as a phone that is on usually takes; then the next part goes out anyway. */
const CHECK_PAUSES_MS = [150, 250, 500, 1_000, 1_500];

/** Sends a part after a pause, unless the last check, right before it, finds that the conversation is no longer the bot's. */
async function checkAndSend(turn: Turn, part: Part, previous: SentPart | undefined): Promise<SentOne> {
  // No send without a check: a part that cannot be checked now is left to the next holder.
  const maySend = await mayFollow(turn, previous?.id ?? null).catch(() => null);
  if (maySend === null) return { part: sentPart(part, "unsent"), outcome: "deferred", retryAfterMs: null };
  return maySend ? sendPart(turn, part) : withheld(part);
}

/** True when the next part may go out; checked until the one before has reached the phone. */
async function mayFollow({ claim, deps }: Turn, previousId: string | null): Promise<boolean> {
  for (const pauseMs of CHECK_PAUSES_MS) {
    const { maySend, reached } = await deps.store.checkBeforeSend(claim, previousId);
    if (!maySend || reached) return maySend;
    await deps.clock.sleep(pauseMs);
  }
  return (await deps.store.checkBeforeSend(claim, null)).maySend;
}

/** The result of sending one part. */
interface SentOne extends Pick<SentReply, "outcome" | "retryAfterMs"> {
  part: SentPart;
  effects?: readonly FailureEffect[];
}

const withheld = (part: Part): SentOne => ({
  part: sentPart(part, "withheld"),
  outcome: "withheld",
  retryAfterMs: null,
});

async function sendPart(turn: Turn, part: Part): Promise<SentOne> {
  const { lease, journal } = turn;
  if (!lease.maySend()) return { part: sentPart(part, "unsent"), outcome: "lost", retryAfterMs: null };
  const result = await callChannel(turn, part);
  if (result.outcome === "accepted") {
    return {
      part: acceptedPart(part, result),
      outcome: "sent",
      retryAfterMs: null,
      effects: result.throttled ? ["slow_down"] : [],
    };
  }
  journal.failed("send", `graph_${result.code ?? "unanswered"}`);
  if (result.outcome === "ambiguous") return resolveAmbiguous(turn, part, result.code);
  return (await sendPlainer(turn, part, result)) ?? refused(part, result);
}

type Refusal = Extract<SendResult, { outcome: "rejected" }>;

/** Sends a part whose form Meta refused in the next plainer one, once that is stored; null when that is not what is needed, or there is none. */
async function sendPlainer(turn: Turn, part: Part, refusal: Refusal): Promise<SentOne | null> {
  const form = refusal.decision === "plain_form" ? nextForm(turn, part, refusal.quoteRefused ?? false) : null;
  if (form === null) return null;
  const stored = await redraft(turn, part.id, form).catch(() => null);
  // Perhaps written, certainly not sent.
  if (stored === null) return { part: sentPart(part, "unsent"), outcome: "deferred", retryAfterMs: null };
  if (!stored.leaseHeld) return { part: sentPart(part, "unsent"), outcome: "lost", retryAfterMs: null };
  if (!stored.maySend) return withheld(part);
  // A status report has confirmed an earlier send.
  if (!stored.redrafted) return { part: sentPart(part, "ambiguous"), outcome: "sent", retryAfterMs: null };
  turn.deps.log.warn("send.plain_form", { conversation: turn.claim.conversationId, message: part.id });
  return sendPart(turn, { ...part, ...form });
}

function callChannel(
  { claim, deps: { channel } }: Turn,
  { id, message, quoteWaMessageId }: Part,
): Promise<SendResult> {
  const { phoneNumberId } = claim.tenant;
  const envelope = { phoneNumberId, to: claim.customer, quoteWaMessageId, opaqueId: id };
  if (message.kind === "template") return channel.send({ ...envelope, message }, SEND_DEADLINE_MS);
  if (claim.window) return channel.send({ ...envelope, message, window: claim.window }, SEND_DEADLINE_MS);
  return Promise.resolve(ONLY_A_TEMPLATE);
}

/** Meta's own answer to a free-form message outside the window, without the call. */
const ONLY_A_TEMPLATE: SendResult = {
  outcome: "rejected",
  decision: "needs_template",
  code: META_ERRORS.windowClosed.code,
  retryAfterMs: null,
  attempts: 0,
};

/**
 * After a send without a clear answer: waits for a status report; without one the part is sent once more, and never again. When Meta
 * has named an error with the last one, `code`, the customer has most likely got nothing: an operator is called.
 */
async function resolveAmbiguous(turn: Turn, part: Part, code: number | null): Promise<SentOne> {
  const { claim, lease, deps } = turn;
  const ambiguous = sentPart(part, "ambiguous");
  await deps.clock.sleep(deps.limits.statusWaitMs);
  if (part.sends >= MAX_SENDS) {
    reportUnconfirmed(turn, part.id);
    const effects = code === null ? [] : effectsOf(part, "never", code);
    return { part: { ...ambiguous, metaCode: code }, outcome: "unconfirmed", retryAfterMs: null, effects };
  }
  const resend = { ...part, sends: part.sends + 1 };
  const started = instant(deps.clock);
  const granted = await deps.store.beginResend(claim, [part.id], deps.limits.leaseMs).catch(() => null);
  // Perhaps counted, certainly not sent.
  if (granted === null) return { part: sentPart(resend, "unsent"), outcome: "deferred", retryAfterMs: null };
  if (!granted.leaseHeld) return { part: ambiguous, outcome: "lost", retryAfterMs: null };
  if (!granted.maySend) return withheld(resend);
  lease.extendedAt(started);
  if (granted.unconfirmed.length === 0) return { part: ambiguous, outcome: "sent", retryAfterMs: null };
  deps.log.warn("send.repeated", { conversation: claim.conversationId, message: part.id });
  return sendPart(turn, resend);
}

/** Logs a message that was sent as often as allowed and never confirmed: an operator should look. */
export function reportUnconfirmed({ claim, deps }: Turn, messageId: string): void {
  deps.log.error("send.unconfirmed", { conversation: claim.conversationId, message: messageId });
}

function refused(part: Part, { decision, code, retryAfterMs }: Refusal): SentOne {
  const deferred = decision === "retry_safe" || decision === "stop_and_alert";
  return {
    part: { ...sentPart(part, deferred ? "unsent" : "rejected"), metaCode: code },
    effects: deferred ? refusalEffects(decision, code) : effectsOf(part, decision, code),
    outcome: deferred ? "deferred" : "refused",
    retryAfterMs,
  };
}

/** Whatever keeps the template from a customer whose window has closed: an operator is all that is left. */
const effectsOf = (
  { message }: Part,
  ...[decision, code]: Parameters<typeof refusalEffects>
): FailureEffect[] =>
  message.kind === "template"
    ? [...refusalEffects(decision, code).filter((effect) => effect !== "call_operator"), "reengage"]
    : refusalEffects(decision, code);
