import { type FactsOf, modelFacts } from "../../config/models.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import { currentTraceId } from "../../telemetry/span.ts";
import { createStages, type Stages } from "../../telemetry/stages.ts";
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
  /** A call whose answer was not wanted: it counts everywhere, and is marked. */
  discarded(usage: Usage): void;
  /** Adds a code, or an error's code, prefixed with its place; never a message. */
  failed(where: string, error: unknown): void;
  record(): TurnRecord;
  /** Usage so far, for the budgets. */
  usage(): DraftInput["usage"];
  /** Notes of work that may be discarded: nothing of it is in this journal before it is kept. */
  branch(): Branch;
}

/** Notes of work that was begun before it was known to be wanted. */
export interface Branch extends Journal {
  /** Adds all of it to the journal that it branched from. */
  keep(): void;
  /** Adds its usage so far alone, as discarded. */
  discard(): void;
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

const NO_FACTS: Facts = {
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

/** Everything a journal holds besides stages, tool calls and exchanges. */
interface Notes {
  facts: Partial<Facts>;
  usages: Usage[];
  lost: Usage[];
  /** Usage of work that was begun early and not wanted. */
  discarded: Usage[];
  errors: string[];
}

const noNotes = (): Notes => ({ facts: {}, usages: [], lost: [], discarded: [], errors: [] });

/** An empty journal with these stages; `factsOf` has the prices. */
export const createJournal = (stages: Stages, factsOf: FactsOf = modelFacts): Journal =>
  journalOf(noNotes(), stages, factsOf);

function journalOf(notes: Notes, stages: Stages, factsOf: FactsOf): Journal {
  const { facts, usages, lost, discarded, errors } = notes;
  const toolCalls: ToolCallRecord[] = [];
  const journal: Journal = {
    stages,
    toolCalls,
    exchanges: createExchanges(toolCalls, () => performance.now()),
    note: (more) => Object.assign(facts, more),
    spent: (usage) => usages.push(usage),
    lost: (usage) => lost.push(usage),
    discarded: (usage) => discarded.push(usage),
    failed: (where, error) => {
      if (errors.length === MAX_ERRORS) return;
      errors.push(`${where}:${typeof error === "string" ? error : errorCode(error)}`);
    },
    record: () => ({
      ...NO_FACTS,
      ...facts,
      ...usedBy([...usages, ...discarded], factsOf),
      models: usesOf(usages, discarded, factsOf),
      stagesMs: { ...stages.ms },
      errors: [...errors],
      traceId: currentTraceId(),
    }),
    usage: () => {
      const all = [...usages, ...lost, ...discarded];
      return { usd: Math.min(budgetUsd(all, factsOf), MAX_COST_USD), soundSeconds: soundSeconds(all) };
    },
    branch: () => branchOf(journal, notes, factsOf),
  };
  return journal;
}

function branchOf(journal: Journal, notes: Notes, factsOf: FactsOf): Branch {
  const own = noNotes();
  const stages = createStages(() => performance.now());
  const branch = journalOf(own, stages, factsOf);
  return {
    ...branch,
    keep() {
      for (const [name, ms] of Object.entries(stages.ms)) journal.stages.add(name, ms);
      journal.toolCalls.push(...branch.toolCalls);
      journal.exchanges.add(branch.exchanges.all());
      journal.note(own.facts);
      notes.usages.push(...own.usages);
      notes.lost.push(...own.lost);
      notes.discarded.push(...own.discarded);
      notes.errors.push(...own.errors.slice(0, MAX_ERRORS - notes.errors.length));
    },
    discard: () => notes.discarded.push(...own.usages, ...own.lost, ...own.discarded),
  };
}
