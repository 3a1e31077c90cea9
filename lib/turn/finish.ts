import { errorCode } from "../telemetry/error-code.ts";
import type { Stages } from "../telemetry/stages.ts";
import type { Claim, Held, SentPart, TurnRecord } from "../types/turn-store.ts";
import type { Delivery } from "./deliver.ts";
import { tellHandoff } from "./notify.ts";
import type { TurnDeps } from "./state/context.ts";

/** What there is to say about a turn that ends. */
export interface Ending {
  /** Why the turn is given up whatever became of its parts; null when that is for them to say. */
  reason: "failed" | "window_closed" | null;
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
  { reason, handoffTold, record, stages }: Ending,
  deps: TurnDeps,
): Promise<boolean> {
  const { outcome } = delivery;
  const dead = reason ?? (outcome === "refused" || outcome === "unconfirmed" ? outcome : null);
  const later = outcome === "wait" || outcome === "lost";
  if (dead) deps.log.error("turn.dead", { conversation: claim.conversationId, turn: claim.turnId });
  const { news, handoff } = await stages.run("finish", () =>
    deps.store.finish({
      claim: held(claim),
      parts: delivery.parts,
      effects: delivery.effects,
      result: later ? "retry" : dead ? "dead" : "answered",
      reason: later ? null : dead,
      retryAfterMs: delivery.retryAfterMs ?? backoffMs(claim.attempts),
      handoffTold,
      record,
    }),
  );
  // Nobody is waited for: the handoff stands in the list whether or not anybody was told.
  if (handoff) await tellHandoff(claim, handoff, deps);
  return news;
}

/** A statement that counts sends before they are made got no answer: it may have been done, and nothing of it was sent. */
export class UnsentError extends Error {
  override readonly name = "UnsentError";
  readonly parts: readonly SentPart[];
  constructor(cause: unknown, parts: readonly SentPart[]) {
    super("nothing was sent", { cause });
    this.parts = parts;
  }
}

/** Lets a conversation go after a failure nobody expected, to be tried again soon. Never throws. */
export async function letGo(claim: Claim, failure: unknown, deps: TurnDeps): Promise<void> {
  const retryAfterMs = backoffMs(claim.attempts);
  const unsent = failure instanceof UnsentError;
  const error = unsent ? failure.cause : failure;
  await deps.store
    .finish({
      claim: held(claim),
      parts: unsent ? failure.parts : [],
      effects: [],
      result: "retry",
      reason: null,
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
