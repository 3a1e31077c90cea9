import type { LikelyIntent } from "../../intents/local/by-likeness.ts";
import { intentsOf } from "../../intents/own.ts";
import type { IntentName } from "../../intents/table.ts";
import type { Claim } from "../../types/turn-store.ts";

/** The intent that a message most likely has, before a model has said so. */
export interface Likely {
  intent: IntentName;
  /** 0 to 1. */
  confidence: number;
}

/** Longest pause behind our reply after which a customer still goes on about the same. */
const SAME_SUBJECT_MS = 10 * 60_000;
/** How likely the intent of the message before is this one's too, where its words are like nothing. */
const STAYS = 0.7;

/** The likelier of the local classifier's guess and the intent of the message before; null when neither tells. */
export function likeliest(
  guess: Pick<LikelyIntent, "intent" | "confidence"> | null,
  claim: Pick<Claim, "pending" | "history" | "previousIntent" | "tenant">,
): Likely | null {
  const guessed = guess?.intent ? { intent: guess.intent, confidence: guess.confidence } : null;
  if (guessed && guessed.confidence >= STAYS) return guessed;
  const before = sameSubject(claim);
  return before ? { intent: before, confidence: STAYS } : guessed;
}

/** The intent of the message before, if it is one that customers ask more about, and not long ago. */
function sameSubject({
  pending,
  history,
  previousIntent,
  tenant,
}: Parameters<typeof likeliest>[1]): IntentName | null {
  const row = intentsOf(tenant).find(({ name }) => name === previousIntent);
  const last = history.at(-1);
  if (!row?.source || last?.direction !== "out") return null;
  const pauseMs = (pending[0]?.timestampMs ?? 0) - last.timestampMs;
  return pauseMs <= SAME_SUBJECT_MS ? row.name : null;
}
