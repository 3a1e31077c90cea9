import { type FactsOf, modelFacts } from "../../config/models.ts";
import { boundedInteger } from "../../json/clean.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import { currentTraceId } from "../../telemetry/span.ts";
import type { Stages } from "../../telemetry/stages.ts";
import type { ToolCallRecord } from "../../types/tools.ts";
import type { DraftInput, TurnRecord } from "../../types/turn-store.ts";
import { budgetUsd, costUsd, soundSeconds, type Usage } from "./cost.ts";
import { createExchanges, type Exchanges } from "./exchanges.ts";

/** Notes of a turn in progress: facts, tool calls, exchanges with models, usage, failures and times. */
export interface Journal {
  readonly stages: Stages;
  readonly toolCalls: ToolCallRecord[];
  readonly exchanges: Exchanges;
  note(facts: Partial<Facts>): void;
  spent(usage: Usage): void;
  /** A call that ended without an answer but may be billed: it counts in `usage` alone. */
  lost(usage: Usage): void;
  /** Adds a code, or an error's code, prefixed with its place; never a message. */
  failed(where: string, error: unknown): void;
  record(): TurnRecord;
  /** Usage so far, for the budgets. */
  usage(): DraftInput["usage"];
}

type Facts = Pick<
  TurnRecord,
  | "intent"
  | "confidence"
  | "decidedBy"
  | "language"
  | "intentModel"
  | "replyModel"
  | "modelChoice"
  | "rung"
  | "rounds"
>;

/** More failures in one turn add nothing. */
const MAX_ERRORS = 64;
/** The column has four digits before the point. */
const MAX_COST_USD = 9_999;

/** An empty journal with these stages; `factsOf` has the prices. */
export function createJournal(stages: Stages, factsOf: FactsOf = modelFacts): Journal {
  const facts: Facts = {
    intent: null,
    confidence: null,
    decidedBy: null,
    language: null,
    intentModel: null,
    replyModel: null,
    modelChoice: null,
    rung: "full",
    rounds: 1,
  };
  const usages: Usage[] = [];
  const lost: Usage[] = [];
  const errors: string[] = [];
  const sum = (key: "inputTokens" | "outputTokens" | "cachedTokens") =>
    boundedInteger(usages.reduce((total, usage) => total + (usage[key] ?? 0), 0)) ?? 0;
  const toolCalls: ToolCallRecord[] = [];
  return {
    stages,
    toolCalls,
    exchanges: createExchanges(toolCalls, () => performance.now()),
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
      cachedTokens: sum("cachedTokens"),
      outputTokens: sum("outputTokens"),
      costUsd: atMost(MAX_COST_USD, costUsd(usages, factsOf)),
      stagesMs: { ...stages.ms },
      errors: [...errors],
      traceId: currentTraceId(),
    }),
    usage: () => {
      const all = [...usages, ...lost];
      return { usd: Math.min(budgetUsd(all, factsOf), MAX_COST_USD), soundSeconds: soundSeconds(all) };
    },
  };
}

const atMost = (max: number, usd: number | null): number | null => (usd === null ? null : Math.min(usd, max));
