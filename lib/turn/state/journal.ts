import { type FactsOf, modelFacts } from "../../config/models.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import { currentTraceId } from "../../telemetry/span.ts";
import type { Stages } from "../../telemetry/stages.ts";
import type { ToolCallRecord } from "../../types/tools.ts";
import type { DraftInput, TurnRecord } from "../../types/turn-store.ts";
import { budgetUsd, soundSeconds, type Usage } from "./cost.ts";
import { createExchanges, type Exchanges } from "./exchanges.ts";
import { MAX_COST_USD, usedBy, usesOf } from "./uses.ts";

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
  | "guess"
  | "language"
  | "intentModel"
  | "replyModel"
  | "modelChoice"
  | "rung"
  | "rounds"
>;

/** More failures in one turn add nothing. */
const MAX_ERRORS = 64;

/** An empty journal with these stages; `factsOf` has the prices. */
export function createJournal(stages: Stages, factsOf: FactsOf = modelFacts): Journal {
  const facts: Facts = {
    intent: null,
    confidence: null,
    decidedBy: null,
    guess: null,
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
      ...usedBy(usages, factsOf),
      models: usesOf(usages, factsOf),
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
