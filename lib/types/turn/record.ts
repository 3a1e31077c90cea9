/** Parts of what is kept of a turn, and of its draft. */

/** What one model read, wrote and cost in a turn, in all its calls. */
export interface ModelUse {
  model: string;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  /** Null: no price is known of one of the calls. */
  costUsd: number | null;
  /** Of all this, what went into answers that were begun early and not wanted; absent: nothing. */
  discarded?: Omit<ModelUse, "model" | "discarded">;
}

/** What a model said of an intent. */
export interface Opinion {
  intent: string;
  confidence: number;
}

/** Guess of the local classifier, as it is kept to be compared with what the model said. */
export interface IntentGuess {
  /** Null: like none of the intents. */
  intent: string | null;
  confidence: number;
  /** True when it decides where `INTENT_LOCAL` is `on`. */
  sure: boolean;
  /** Names the weights that guessed. */
  version: string;
  /** Answer of the model about a guess that had decided already; absent: it was not asked, or gave none. */
  model?: Opinion;
}

/** Outcome of a redraft. */
export interface Redrafted {
  leaseHeld: boolean;
  maySend: boolean;
  redrafted: boolean;
}
