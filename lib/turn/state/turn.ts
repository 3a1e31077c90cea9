import { createStages } from "../../telemetry/stages.ts";
import type { Claim, ClaimRef } from "../../types/turn-store.ts";
import type { TurnDeps } from "./context.ts";
import { createJournal, type Journal } from "./journal.ts";
import { createLease, instant, type Lease } from "./lease.ts";

/** One claimed turn: everything its steps share. A step that learns more returns it and leaves the turn as it is. */
export interface Turn<Deps = TurnDeps> {
  readonly claim: Claim;
  readonly lease: Lease;
  readonly journal: Journal;
  readonly deps: Deps;
  /** Arrival of the delivery, by the deps' clock; null for a turn that no delivery started. */
  readonly receivedAtMs: number | null;
}

/** What composing needs of a turn: nothing that stores or sends. */
export type ComposingTurn = Pick<
  Turn<Omit<TurnDeps, "store" | "acts" | "channel" | "notifier" | "keeper" | "sample" | "runRules">>,
  "claim" | "journal" | "deps"
> &
  // Without an arrival nobody's wait is known.
  Partial<Pick<Turn, "receivedAtMs">>;

/** `run_again`: unread messages or unsent replies are left; `retry`: the same, after a pause. */
export type TurnOutcome = "run_again" | "retry" | "done";

/** The delivery whose messages a turn answers. */
export interface Delivery {
  stagesMs: Readonly<Record<string, number>>;
  /** Arrival of the webhook request, by the deps' clock. */
  receivedAtMs: number;
  /** The turn that was claimed by the statement which stored the message. */
  startedTurn: Claim | null;
}

/** Claims a conversation, unless the delivery did. Null when another process holds it or nothing is left to do. */
export async function claimTurn(
  conversationId: string,
  deps: TurnDeps,
  delivery: Delivery | null,
): Promise<Turn | null> {
  const stages = createStages(() => performance.now());
  for (const [name, ms] of Object.entries(delivery?.stagesMs ?? {})) stages.add(name, ms);

  const { leaseMs } = deps.limits;
  const started = delivery?.startedTurn?.conversationId === conversationId ? delivery : null;
  // A lease taken while the message was stored began after the request came in.
  const lease = createLease(instant(deps.clock, started?.receivedAtMs), leaseMs, deps.clock);
  const claim =
    started?.startedTurn ?? (await stages.run("claim", () => deps.store.claim(conversationId, leaseMs)));
  if (!claim) return null;
  const journal = createJournal(stages, deps.factsOf);
  journal.note({ rounds: claim.attempts + 1 });
  return { claim, lease, journal, deps, receivedAtMs: delivery?.receivedAtMs ?? null };
}

/** True when the turn sends what an operator wrote. */
export const isOperators = ({ unsent }: Pick<Claim, "unsent">): boolean =>
  unsent.some(({ byOperator }) => byOperator);

/** True when the turn sends a reminder of an appointment. */
export const isReminder = ({ unsent }: Pick<Claim, "unsent">): boolean =>
  unsent.some(({ reminder }) => reminder);

/** The four ids that name a claim to the store. */
export const claimRef = ({ conversationId, epoch, turnId, throughSeq }: Claim): ClaimRef => ({
  conversationId,
  epoch,
  turnId,
  throughSeq,
});
