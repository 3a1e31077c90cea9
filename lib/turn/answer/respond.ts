import { ToolChoiceViolationError, type ToolSet } from "ai";
import { firstOf } from "../../http/signals.ts";
import { intentOf } from "../../intents/own.ts";
import { handoffOpened } from "../../language/texts.ts";
import { type Asking, NoToolsError } from "../../model/ask.ts";
import { type Answered, type Attempt, generate, type ReplyTurn } from "./generate.ts";
import { discardCall, loseCall } from "./lost-call.ts";
import type { TurnTools } from "./tools.ts";
import type { Images } from "./transcript.ts";
import { type Given, goWithoutTools, lookedUp, openHandoff, owesHandoff } from "./without-tools.ts";

/**
 * One attempt at a reply: with the intent's tools, or without where the service takes none. Throws when the model fails, says
 * nothing, refuses, or is late.
 */
export async function respond(
  turn: ReplyTurn,
  images: Images,
  attempt: Attempt,
  tools: TurnTools,
): Promise<Answered> {
  const { dialect } = attempt.model;
  const asking = askingFor(turn, attempt);
  const ask = (withTools: ToolSet, given: Given) =>
    generate(turn, images, { ...attempt, tools: withTools }, { asking, given });
  const withoutTools = async () => ask({}, await goWithoutTools(turn.claim, attempt, tools, asking.signal));
  if (Object.keys(attempt.tools).length === 0 || dialect?.omitted().has("tools")) return withoutTools();
  try {
    return await ask(attempt.tools, lookedUp(attempt.facts ?? null));
  } catch (error) {
    // Some services ignore which tool must be called, or that none may be. The call's tokens are not told.
    turn.journal.exchanges.failed(error);
    const ignored = ToolChoiceViolationError.isInstance(error);
    if (ignored) loseCall(attempt.model, turn);
    if (ignored && owesHandoff(intentOf(turn.claim.tenant, attempt.intent), tools)) {
      await openHandoff(turn.claim, tools, asking.signal);
      const markdown = handoffOpened(attempt.language);
      return { markdown, prompt: "", model: attempt.model.id, cutByLimit: false };
    }
    if (!ignored && !(error instanceof NoToolsError)) throw error;
    tools.startAttempt();
    const answered = await withoutTools();
    if (!ignored) dialect?.learn({ features: ["tools"] });
    return answered;
  }
}

/** The attempt's one deadline, for all its calls and pauses. */
function askingFor(
  { claim, journal, deps }: ReplyTurn,
  { timeoutMs, maxPauseMs, model, reader, signal = reader?.signal }: Attempt,
): Asking {
  const deadline = AbortSignal.timeout(timeoutMs);
  return {
    clock: deps.clock,
    endsAtMs: deps.clock.now() + timeoutMs,
    maxPauseMs,
    signal: signal ? firstOf(deadline, signal) : deadline,
    onLostCall: () => loseCall(model, { claim, journal }),
    onDiscardedCall: () => discardCall(model, { claim, journal }),
  };
}
