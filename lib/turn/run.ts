import { errorCode } from "../telemetry/error-code.ts";
import { span } from "../telemetry/span.ts";
import { createStages, type Stages } from "../telemetry/stages.ts";
import type { Claim } from "../types/turn-store.ts";
import { replyMessages } from "../whatsapp/messages/reply.ts";
import { tellBudget } from "./answer/budget.ts";
import { compose, giveUp, type Reply } from "./answer/compose.ts";
import { type Delivery, deliver, type Part } from "./deliver.ts";
import { writeDraft } from "./draft.ts";
import { finish, letGo, UnsentError } from "./finish.ts";
import { tellHandoff } from "./notify.ts";
import { finishEarlierTurn } from "./resume.ts";
import type { TurnDeps } from "./state/context.ts";
import { createJournal, type Journal } from "./state/journal.ts";
import { createLease, instant, type Lease } from "./state/lease.ts";
import { keepTyping } from "./typing.ts";

/** Turns of one conversation in one call; whatever is still open after that is resumed by the next caller. */
const MAX_TURNS = 8;
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
  const lease = createLease(instant(deps.clock, begun?.receivedAtMs), leaseMs, deps.clock);
  const claim = begun?.claim ?? (await stages.run("claim", () => deps.store.claim(conversationId, leaseMs)));
  if (!claim) return false;
  try {
    return claim.unsent.length > 0 || claim.untoldHandoff
      ? await finishEarlierTurn(claim, lease, stages, deps)
      : await answer(claim, lease, stages, deps, arrival);
  } catch (error) {
    await letGo(claim, error, deps);
    // The log names what went wrong, not that nothing was sent.
    throw error instanceof UnsentError ? error.cause : error;
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
    const exhausted = claim.attempts >= MAX_ATTEMPTS;
    if (!claim.window) return await outsideWindow(claim, stages, deps, journal);
    const reply = exhausted ? giveUp(claim, null, null, journal) : await compose(claim, deps, journal);
    const parts = toParts(reply, claim);

    const started = instant(deps.clock);
    const drafted = await stages.run("draft", () => writeDraft(claim, reply, parts, journal, deps));
    if (drafted.outcome === "window_closed") return await outsideWindow(claim, stages, deps, journal);
    if (drafted.outcome !== "send") return drafted.outcome === "overtaken";
    lease.extendedAt(started);

    const sending = { claim, lease, journal, deps };
    const delivery = await stages.run("send", () => deliver(parts, drafted.waitMs, sending));
    if (arrival && delivery.outcome === "delivered")
      stages.add("wait", deps.clock.now() - arrival.receivedAtMs);
    const handoffTold = await tellHandoff(claim, drafted.handoffOpened ? reply.handoff : null, deps);
    const reason = exhausted ? "failed" : null;
    const ending = { reason, handoffTold, record: journal.record(), stages } as const;
    const news = await finish(claim, delivery, ending, deps);
    await tellBudget(claim, deps);
    return news;
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
  const ending = { reason: "window_closed" as const, handoffTold: false, record: journal.record(), stages };
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
