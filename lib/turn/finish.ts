import type { Claim, Held, TurnRecord } from "../store-ports.ts";
import { errorCode } from "../telemetry/error-code.ts";
import type { Stages } from "../telemetry/stages.ts";
import type { TurnDeps } from "./context.ts";
import type { Delivery } from "./deliver.ts";
import { tellHandoff } from "./notify.ts";

/** What there is to say about a turn that ends. */
export interface Ending {
  /** The turn failed too often to be composed; the customer was told. */
  poison: boolean;
  /** True when the company's people were told of this turn's handoff. */
  handoffTold: boolean;
  /** Null keeps what the draft recorded. */
  record: TurnRecord | null;
  stages: Stages;
}

/** Records what was sent and lets the conversation go. True when newer messages wait. */
export async function finish(
  claim: Claim,
  delivery: Delivery,
  { poison, handoffTold, record, stages }: Ending,
  deps: TurnDeps,
): Promise<boolean> {
  const dead = poison || delivery.outcome === "refused";
  const later = delivery.outcome === "wait" || delivery.outcome === "lost";
  if (dead) deps.log.error("turn.dead", { conversation: claim.conversationId, turn: claim.turnId });
  const { news, handoff } = await stages.run("finish", () =>
    deps.store.finish({
      claim: held(claim),
      parts: delivery.parts,
      effects: delivery.effects,
      result: later ? "retry" : dead ? "dead" : "answered",
      retryAfterMs: delivery.retryAfterMs ?? backoffMs(claim.attempts),
      handoffTold,
      record,
    }),
  );
  // Nobody is waited for: the handoff stands in the list whether or not anybody was told.
  if (handoff) await tellHandoff(claim, handoff, deps);
  return news;
}

/** Lets a conversation go after a failure nobody expected, to be tried again soon. Never throws. */
export async function letGo(claim: Claim, error: unknown, deps: TurnDeps): Promise<void> {
  const retryAfterMs = backoffMs(claim.attempts);
  await deps.store
    .finish({
      claim: held(claim),
      parts: [],
      effects: [],
      result: "retry",
      retryAfterMs,
      handoffTold: false,
      record: null,
      failure: `turn:${errorCode(error)}`,
    })
    // The database is what failed: the lease ends by itself.
    .catch(() => undefined);
}

/** The claim's name to the store. */
export const held = ({ conversationId, epoch, turnId, throughSeq }: Claim): Held => ({
  conversationId,
  epoch,
  turnId,
  throughSeq,
});

/** 4, 16, 64 … seconds, at most 15 minutes: Meta's own advice for its rate limits. */
const backoffMs = (attempts: number): number => Math.min(4 ** (attempts + 1), 900) * 1000;
