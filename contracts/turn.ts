import type { Language } from "../lib/types/company.ts";
import type { Json } from "../lib/types/json.ts";
import type { ModelUse } from "../lib/types/turn/record.ts";

/** One tool call within a turn. */
export interface ToolCallView {
  name: string;
  input: Json;
  output: Json;
  ms: number;
  failed: boolean;
}

/** One turn as a page shows it: intent, cost, and time by stage. */
export interface TurnView {
  id: string;
  /** Start of the turn, epoch milliseconds. */
  at: number;
  intent: string | null;
  /** 0 to 1. */
  confidence: number | null;
  /** `model`, `default` or `local`. */
  decidedBy: string | null;
  language: Language | null;
  /** Rung of the degradation ladder that answered. */
  rung: string;
  /** Milliseconds by stage: verify, parse, admit, receive, claim, classify, respond, tool:…, draft, send, finish. */
  stagesMs: Record<string, number>;
  /** Time until the webhook was answered. */
  ackMs: number | null;
  /** Time that the customer waited: from the webhook's arrival until Meta accepted the reply. */
  waitMs: number | null;
  toolCalls: ToolCallView[];
  intentModel: string | null;
  replyModel: string | null;
  /** Why it is this model: `balanced/hard` (profile and tier), `REPLY_MODEL`, `fallback` or `budget`. */
  modelChoice: string | null;
  inputTokens: number;
  /** Of these, tokens that the models' services had cached. */
  cachedTokens: number;
  outputTokens: number;
  /** Null: a model without a known price. */
  costUsd: number | null;
  /** The same of each model; null: not kept. */
  models: readonly ModelUse[] | null;
  /** Error codes of failures during the turn. */
  errors: string[];
  rounds: number;
  traceId: string | null;
  /** Ids of the messages that this turn answers. */
  inboundIds: string[];
  /** Ids of the messages that it wrote. */
  outboundIds: string[];
}

/** Latency targets of docs/performance.md, in milliseconds. */
export interface LatencyTargets {
  webhookMs: number;
  intentMs: number;
  replyMs: number;
  waitMs: number;
}
