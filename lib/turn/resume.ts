import type { Stages } from "../telemetry/stages.ts";
import type { Claim } from "../types/turn-store.ts";
import { type Delivery, deliver, MAX_SENDS, nothingSent, sentPart, unconfirmed } from "./deliver.ts";
import { finish, UnsentError } from "./finish.ts";
import { tellHandoff } from "./notify.ts";
import type { TurnDeps } from "./state/context.ts";
import { createJournal } from "./state/journal.ts";
import { instant, type Lease } from "./state/lease.ts";

const MAX_TEMPLATE_TRIES = 20;

/**
 * A reply that an earlier holder wrote down and did not see through: sent if it never went out; if it may have, sent
 * once more only after the wait for its status report. True when newer messages wait.
 */
export async function finishEarlierTurn(
  claim: Claim,
  lease: Lease,
  stages: Stages,
  deps: TurnDeps,
): Promise<boolean> {
  const begun = claim.unsent.filter(({ sends }) => sends > 0);
  if (begun.length > 0) await deps.clock.sleep(echoPauseMs(begun, deps));

  const spent = claim.unsent.filter(({ sends }) => sends >= MAX_SENDS);
  const sendable = claim.unsent
    .filter(({ sends }) => sends < MAX_SENDS)
    .map((part) => ({ ...part, sends: part.sends + 1 }));
  const started = instant(deps.clock);
  const ids = sendable.map(({ id }) => id);
  const { held, maySend, unsettled, waitMs } = await deps.store
    .beginResend(claim, ids, deps.limits.leaseMs)
    .catch((error: unknown) => {
      throw new UnsentError(
        error,
        sendable.map((part) => sentPart(part, "unsent")),
      );
    });
  if (!held) return false;
  lease.extendedAt(started);

  for (const { id } of spent) unconfirmed(claim, id, deps);
  const journal = createJournal(stages);
  const parts = sendable.filter(({ id }) => unsettled.includes(id));
  deps.log.warn("turn.resumed", { conversation: claim.conversationId, sends: parts.length });
  if (!claim.window && parts.some(({ message }) => message.kind !== "template"))
    deps.log.error("send.window_closed", { conversation: claim.conversationId });
  const sending = { claim, lease, journal, deps };
  const delivery = maySend
    ? givenUp(claim, await stages.run("send", () => deliver(parts, waitMs, sending)))
    : nothingSent(sendable, "withheld", null);
  const handoffTold = await tellHandoff(claim, claim.untoldHandoff, deps);
  return finish(claim, withSpent(delivery, spent), { reason: null, handoffTold, record: null, stages }, deps);
}

/** What was sent as often as it may be is not sent again: unless it is known to have arrived, the turn is given up for it. */
function withSpent(delivery: Delivery, spent: Claim["unsent"]): Delivery {
  if (spent.length === 0) return delivery;
  const parts = [...spent.map((part) => sentPart(part, "ambiguous")), ...delivery.parts];
  const { outcome } = delivery;
  const ended = outcome === "delivered" || outcome === "withheld" ? "unconfirmed" : outcome;
  return { ...delivery, parts, outcome: ended };
}

/** Without a window nothing but time ends a template's tries: after some hours of refusals it is dead, for somebody to see. */
function givenUp(claim: Claim, delivery: Delivery): Delivery {
  if (claim.window || delivery.outcome !== "wait" || claim.attempts < MAX_TEMPLATE_TRIES) return delivery;
  const parts = delivery.parts.map((part) =>
    part.outcome === "unsent" ? { ...part, outcome: "rejected" as const } : part,
  );
  return { ...delivery, parts, outcome: "refused" };
}

/** How long the status reports of these messages may still take, counted from the last send and from now. */
function echoPauseMs(begun: Claim["unsent"], { limits: { echoWaitMs, leaseMs } }: TurnDeps): number {
  const sinceSendMs = echoWaitMs - Math.min(...begun.map(({ ageMs }) => ageMs));
  // While nobody was up nobody could be told: what Meta held back gets its time too, as far as the lease allows.
  return Math.max(sinceSendMs, Math.min(echoWaitMs, leaseMs / 2));
}
