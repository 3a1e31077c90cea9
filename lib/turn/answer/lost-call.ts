import { errorCode } from "../../telemetry/error-code.ts";
import { MAX_INPUT_TOKENS, MAX_OUTPUT_TOKENS } from "../state/bounds.ts";
import type { NamedModel } from "../state/context.ts";
import type { Usage } from "../state/cost.ts";
import { tokensAtMost } from "../state/tokens.ts";
import type { Turn } from "../state/turn.ts";
import { transcript } from "./transcript.ts";

/** Tokens of a usual prompt with its tools. */
const PROMPT_TOKENS = 1_500;
const CONTEXT_MESSAGES = 5;

interface CallingTurn {
  claim: Pick<Turn["claim"], "history" | "pending">;
  journal: Turn["journal"];
}

/** Counts a model call that was cut off against the budgets, by an estimate: the service may still bill it. */
export function countLostCall(error: unknown, model: Pick<NamedModel, "id">, turn: CallingTurn): void {
  // Any other failure was an answer, which is free or reports its tokens.
  if (["timeout", "aborted"].includes(errorCode(error))) loseCall(model, turn);
}

/** The same for a call whose answer came and could not be read. */
export const loseCall = (model: Pick<NamedModel, "id">, { claim, journal }: CallingTurn): void =>
  journal.lost(estimate(model, claim));

/** Books a call that was cut off because its answer was not wanted, by the same estimate. */
export const discardCall = (model: Pick<NamedModel, "id">, { claim, journal }: CallingTurn): void =>
  journal.discarded(estimate(model, claim));

function estimate({ id }: Pick<NamedModel, "id">, { history, pending }: CallingTurn["claim"]): Usage {
  const said = transcript(history, pending, CONTEXT_MESSAGES);
  const inputTokens = Math.min(MAX_INPUT_TOKENS, PROMPT_TOKENS + tokensAtMost(JSON.stringify(said)));
  return { model: id, inputTokens, outputTokens: MAX_OUTPUT_TOKENS };
}
