/** The console's API: a turn, seen through. Paths are below `/api/console`. */
import type { LatencyTargets, TurnView } from "../turn.ts";

/** Something that a model was sent or said, a prompt or a message; without words for viewers. */
export interface Words {
  /** Null for viewers. */
  text: string | null;
  characters: number;
}

export interface SayingView extends Words {
  role: "system" | "user" | "assistant" | "tool";
  /** Name of the tool that is called, or whose result this is. */
  tool: string | null;
}

/** One call of a model. */
export interface ExchangeView {
  /** `intent`: to classify; `reply`: to write the answer. */
  of: "intent" | "reply";
  rung: string | null;
  model: string;
  /** Its system prompt; null: no longer kept. */
  prompt: Words | null;
  /** True when the messages of the call before, and what was said to them, were sent too. */
  continues: boolean;
  sent: SayingView[];
  /** Empty: no answer came. */
  said: SayingView[];
  /** Tools that it was offered. */
  tools: string[];
  inputTokens: number | null;
  outputTokens: number | null;
  ms: number;
  /** Code of what failed, or was wrong with the answer. */
  error: string | null;
}

/** A message that a turn answers, or that it said. */
export interface TurnMessage extends Words {
  id: string;
  type: string;
  at: number;
  /** What became of a reply; null for the customer's. */
  state: string | null;
  metaCodes: number[];
}

/** `GET /t/:tenant/turns/:id`: one turn. A look that the audit log keeps. Viewers get no words: tool values are null, texts too. */
export interface SeenTurn extends Omit<TurnView, "rung" | "inboundIds" | "outboundIds"> {
  conversationId: string;
  endedAt: number | null;
  state: string;
  /** Null: not ended yet. */
  rung: string | null;
  version: number | null;
  targets: LatencyTargets;
  /** False for viewers. */
  withWords: boolean;
  asked: TurnMessage[];
  replies: TurnMessage[];
  /** Null: not kept, or no longer. */
  exchanges: ExchangeView[] | null;
}
