/** Port of the console: one turn with all that is known of it. */
import type { Language } from "../company.ts";
import type { StoredMessage } from "../conversation.ts";
import type { ToolCallRecord } from "../tools.ts";
import type { Exchange } from "../turn/exchanges.ts";
import type { ModelUse } from "../turn/record.ts";

/** A reply's message, and what became of it. */
export type StoredReply = StoredMessage & { state: string; metaCodes: number[] };

/** A turn as it is stored; times are epoch milliseconds. */
export interface StoredTurn {
  id: string;
  tenantId: string;
  conversationId: string;
  at: number;
  endedAt: number | null;
  state: string;
  intent: string | null;
  confidence: number | null;
  decidedBy: string | null;
  language: Language | null;
  intentModel: string | null;
  replyModel: string | null;
  modelChoice: string | null;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  costUsd: number | null;
  models: readonly ModelUse[] | null;
  stagesMs: Record<string, number>;
  rung: string | null;
  errors: string[];
  rounds: number;
  traceId: string | null;
  /** Version of what the company says; null: before there were any. */
  version: number | null;
  toolCalls: Omit<ToolCallRecord, "idempotencyKey">[];
  /** The customer's messages that it answers, and what it said. */
  asked: StoredMessage[];
  replies: StoredReply[];
  /** Null: not kept, or no longer. */
  calls: Exchange[] | null;
  /** Texts of the prompts that the calls name, by key. */
  prompts: Record<string, string>;
}

export interface TurnReader {
  /** Null when the company has no such turn. */
  read(tenantId: string, turnId: string): Promise<StoredTurn | null>;
}
