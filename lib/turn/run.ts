import type { Claim, DraftOutcome } from "../store-ports.ts";
import { errorCode } from "../telemetry/error-code.ts";
import { span } from "../telemetry/span.ts";
import { createStages, type Stages } from "../telemetry/stages.ts";
import { describeOutbound, replyMessages } from "../whatsapp/reply.ts";
import { compose, giveUp, type Reply } from "./compose.ts";
import type { TurnDeps } from "./context.ts";
import { type Delivery, deliver, type Part } from "./deliver.ts";
import { finish, held, letGo } from "./finish.ts";
import { createJournal, type Journal } from "./journal.ts";
import { createLease, type Lease } from "./lease.ts";
import { tellHandoff } from "./notify.ts";
import { finishEarlierTurn } from "./resume.ts";
import { keepTyping } from "./typing.ts";

/** Turns of one conversation in one call; whatever is still open after that is resumed by the next caller. */
const MAX_TURNS = 8;
/** From this try on a reply stands although newer messages came: they get the next turn. */
const STAND_FROM_ATTEMPT = 2;
/** A turn that failed this often is not composed again: the customer is told, and the turn is dead. */
const MAX_ATTEMPTS = 5;

/** What the webhook measured, and perhaps began, before the turn. */
export interface Arrival {
  stagesMs: Record<string, number>;
  /** When the webhook request came in, by the deps' clock. */
  receivedAtMs: number;
  /** The turn, if it was begun by the statement that stored the message. */
  claim: Claim | null;
}

/** Answers a conversation until nothing is left to answer or somebody else holds it. Never throws. */
export async function run(conversationId: string, deps: TurnDeps, arrival: Arrival | null): Promise<void> {
  if (arrival && deps.limits.settleMs > 0) await deps.clock.sleep(deps.limits.settleMs);
  for (let turn = 0, first = arrival; turn < MAX_TURNS; turn++, first = null) {
    const again = await span("turn", { "chasqui.conversation": conversationId }, () =>
      runTurn(conversationId, deps, first),
    ).catch((error: unknown) => {
      // Nothing is lost: the conversation stays open, and is resumed.
      deps.log.error("turn.failed", { conversation: conversationId, code: errorCode(error) });
      return false;
    });
    if (!again) return;
  }
}

async function runTurn(conversationId: string, deps: TurnDeps, arrival: Arrival | null): Promise<boolean> {
  const stages = createStages(() => performance.now());
  for (const [name, ms] of Object.entries(arrival?.stagesMs ?? {})) stages.add(name, ms);

  const { leaseMs } = deps.limits;
  const begun = arrival?.claim?.conversationId === conversationId ? arrival : null;
  // A lease taken while the message was stored began after the request came in.
  const lease = createLease(begun?.receivedAtMs ?? deps.clock.now(), leaseMs, deps.clock);
  const claim = begun?.claim ?? (await stages.run("claim", () => deps.store.claim(conversationId, leaseMs)));
  if (!claim) return false;
  try {
    return claim.unsent.length > 0 || claim.untoldHandoff
      ? await finishEarlierTurn(claim, lease, stages, deps)
      : await answer(claim, lease, stages, deps, arrival);
  } catch (error) {
    await letGo(claim, error, deps);
    throw error;
  }
}

/** ★ One turn, once claimed: compose → draft → send → finish. True when newer messages wait. */
async function answer(
  claim: Claim,
  lease: Lease,
  stages: Stages,
  deps: TurnDeps,
  arrival: Arrival | null,
): Promise<boolean> {
  const typing = keepTyping(claim, deps);
  const journal = createJournal(stages);
  journal.note({ rounds: claim.attempts + 1 });
  try {
    const poison = claim.attempts >= MAX_ATTEMPTS;
    if (!claim.window) return await outsideWindow(claim, stages, deps, journal);
    const reply = poison ? giveUp(claim, null, null, journal) : await compose(claim, deps, journal);
    const parts = toParts(reply, claim);

    const startedMs = deps.clock.now();
    const drafted = await stages.run("draft", () => draft(claim, reply, parts, deps, journal));
    if (drafted.outcome === "window_closed") return await outsideWindow(claim, stages, deps, journal);
    if (drafted.outcome !== "send") return drafted.outcome === "overtaken";
    lease.extendedAt(startedMs);

    const delivery = await stages.run("send", () =>
      deliver(claim, parts, drafted.waitMs, lease, deps, journal),
    );
    if (arrival && delivery.outcome === "delivered")
      stages.add("wait", deps.clock.now() - arrival.receivedAtMs);
    const handoffTold = await tellHandoff(claim, drafted.handoffOpened ? reply.handoff : null, deps);
    return await finish(claim, delivery, { poison, handoffTold, record: journal.record(), stages }, deps);
  } finally {
    await typing.stop();
  }
}

/** Meta takes no answer any more: what was asked is dead, and the company's template or a person takes it from there. */
function outsideWindow(claim: Claim, stages: Stages, deps: TurnDeps, journal: Journal): Promise<boolean> {
  deps.log.error("send.window_closed", { conversation: claim.conversationId });
  journal.note({ rung: "none" });
  journal.failed("window", "closed");
  const delivery: Delivery = { parts: [], outcome: "refused", retryAfterMs: null, effects: ["reengage"] };
  const ending = { poison: false, handoffTold: false, record: journal.record(), stages };
  return finish(claim, delivery, ending, deps);
}

function toParts(reply: Reply, claim: Claim): Part[] {
  // With several messages in one burst the customer should see which one is answered.
  const quoteWaMessageId = claim.pending.length > 1 ? (claim.pending.at(-1)?.waMessageId ?? null) : null;
  return replyMessages(reply.markdown, reply.extra).map((message, index) => ({
    id: crypto.randomUUID(),
    message,
    quoteWaMessageId: index === 0 ? quoteWaMessageId : null,
    sends: 1,
  }));
}

function draft(
  claim: Claim,
  reply: Reply,
  parts: readonly Part[],
  deps: TurnDeps,
  journal: Journal,
): Promise<DraftOutcome> {
  return deps.store.draft({
    claim: held(claim),
    parts: parts.map(({ id, message, quoteWaMessageId }) => ({
      id,
      message,
      text: describeOutbound(message),
      quoteWaMessageId,
    })),
    readings: reply.readings,
    language: reply.language === claim.user.language ? null : reply.language,
    handoff: reply.handoff,
    toolCalls: journal.toolCalls,
    evenIfOvertaken: claim.attempts >= STAND_FROM_ATTEMPT,
    leaseMs: deps.limits.leaseMs,
    record: journal.record(),
  });
}
