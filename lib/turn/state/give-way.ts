import type { LikelyIntent } from "../../intents/local/by-likeness.ts";
import type { IntentName } from "../../intents/table.ts";
import type { TurnDeps } from "./context.ts";
import { classifyWithinMs } from "./due.ts";
import type { Turn } from "./turn.ts";

/** A reply that is being written while its intent is asked for. */
export interface Writing {
  intent: IntentName;
  /** True once it is written. */
  isWritten(): boolean;
  /** Resolves when it is written, or failed. */
  over: Promise<unknown>;
}

/** What goes on while a model is asked for the intent. */
export interface Meanwhile {
  /** Called once at most, with the guess about plain words, or null when there is none. */
  begin(guess: LikelyIntent | null): void;
  /** The reply that was begun; null when none was. */
  reply(): Writing | null;
}

/** No reply is begun. */
export const NOTHING: Meanwhile = { begin() {}, reply: () => null };

type HurriedTurn = Pick<Turn<Pick<TurnDeps, "intentLocal" | "limits" | "clock">>, "claim" | "deps"> &
  Partial<Pick<Turn, "receivedAtMs">>;

/**
 * Resolves with true when the classification should give way, because the customer would wait too long for a reply behind it. While a
 * reply is being written it costs nobody time; then it gives way where that reply's guess may stand in for it.
 */
export async function givesWay(
  turn: HurriedTurn,
  guessing: Promise<LikelyIntent | null>,
  { reply }: Meanwhile,
  signal: AbortSignal,
): Promise<boolean> {
  const withinMs = classifyWithinMs(turn);
  if (withinMs === null) return false;
  await turn.deps.clock.sleep(withinMs, signal);
  if (signal.aborted) return false;
  const begun = reply();
  if (!begun) return true;
  const guess = await guessing;
  await begun.over;
  return standsIn(turn, guess) && begun.intent === guess.intent && begun.isWritten();
}

/** True when a likely guess serves instead of the model's answer: where guesses decide. */
export const standsIn = (
  { deps }: HurriedTurn,
  guess: LikelyIntent | null,
): guess is LikelyIntent & { intent: IntentName } =>
  deps.intentLocal === "on" && guess !== null && guess.intent !== null && guess.likely;

/** A signal that aborts when this resolves with true. */
export function abortedWhen(isLate: Promise<boolean>): AbortSignal {
  const late = new AbortController();
  void isLate.then((gives) => gives && late.abort(new DOMException("The reply is due.", "TimeoutError")));
  return late.signal;
}
