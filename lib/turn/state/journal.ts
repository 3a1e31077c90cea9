import { boundedInteger } from "../../json/clean.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import { currentTraceId } from "../../telemetry/span.ts";
import type { Stages } from "../../telemetry/stages.ts";
import type { DraftInput, ToolCallRecord, TurnRecord } from "../../types/turn-store.ts";
import { budgetUsd, costUsd, soundSeconds, type Usage } from "./cost.ts";

/** What a turn writes down about itself while it goes on. */
export interface Journal {
  readonly stages: Stages;
  readonly toolCalls: ToolCallRecord[];
  note(facts: Partial<Facts>): void;
  spent(usage: Usage): void;
  /** A call that ended without an answer, and may be billed all the same: it counts in `usage` alone. */
  lost(usage: Usage): void;
  /** Keeps a code, or an error's code, prefixed with where it happened; never its message. */
  failed(where: string, error: unknown): void;
  record(): TurnRecord;
  /** All that counts against the budgets so far. */
  usage(): DraftInput["usage"];
}

type Facts = Pick<
  TurnRecord,
  "intent" | "confidence" | "decidedBy" | "language" | "intentModel" | "replyModel" | "rung" | "rounds"
>;

/** A turn that fails more often than this says no more by it. */
const MAX_ERRORS = 64;
/** The column holds four digits before the point. */
const MAX_COST_USD = 9_999;

/** An empty journal over these stages. */
export function createJournal(stages: Stages): Journal {
  const facts: Facts = {
    intent: null,
    confidence: null,
    decidedBy: null,
    language: null,
    intentModel: null,
    replyModel: null,
    rung: "full",
    rounds: 1,
  };
  const usages: Usage[] = [];
  const lost: Usage[] = [];
  const errors: string[] = [];
  const sum = (key: "inputTokens" | "outputTokens") =>
    boundedInteger(usages.reduce((total, usage) => total + usage[key], 0)) ?? 0;
  return {
    stages,
    toolCalls: [],
    note: (more) => Object.assign(facts, more),
    spent: (usage) => usages.push(usage),
    lost: (usage) => lost.push(usage),
    failed: (where, error) => {
      if (errors.length === MAX_ERRORS) return;
      errors.push(`${where}:${typeof error === "string" ? error : errorCode(error)}`);
    },
    record: () => ({
      ...facts,
      inputTokens: sum("inputTokens"),
      outputTokens: sum("outputTokens"),
      costUsd: atMost(MAX_COST_USD, costUsd(usages)),
      stagesMs: { ...stages.ms },
      errors: [...errors],
      traceId: currentTraceId(),
    }),
    usage: () => {
      const all = [...usages, ...lost];
      return { usd: Math.min(budgetUsd(all), MAX_COST_USD), soundSeconds: soundSeconds(all) };
    },
  };
}

const atMost = (max: number, usd: number | null): number | null => (usd === null ? null : Math.min(usd, max));
