import type { FactsOf } from "../../config/models.ts";
import type { DialectModel } from "../../model/ask.ts";
import type { Log } from "../../telemetry/log.ts";
import type { AnswerCache } from "../../types/cache.ts";
import type { Channel } from "../../types/channel.ts";
import type { Clock, SteadyClock } from "../../types/clock.ts";
import type { ModelProfile, Tenant, Tier } from "../../types/company.ts";
import type { MediaReader } from "../../types/media.ts";
import type { Notifier } from "../../types/notifier.ts";
import type { ToolRunner } from "../../types/tools/declared.ts";
import type { KnowledgeBase, RecordsOf } from "../../types/tools.ts";
import type { ActStore } from "../../types/turn/acts.ts";
import type { ComparisonStore } from "../../types/turn/guesses.ts";
import type { TurnStore } from "../../types/turn-store.ts";
import type { ExchangeKeeper } from "./keeper.ts";
import type { Slots } from "./slots.ts";

/** A model and the id under which it is billed. */
export interface NamedModel extends DialectModel {
  id: string;
}

/** Models by role. */
export interface RoleModels {
  intent: NamedModel;
  /** Replies to intents of the tiers that are not in `tiers`. */
  reply: NamedModel;
  tiers?: Partial<Readonly<Record<Tier, NamedModel>>>;
  fallback: NamedModel;
  /** The profile or variable that chose the models that reply. */
  chosenBy?: string;
  /** The same for a company with a profile of its own; absent: every company has these. */
  of?: (profile: ModelProfile) => RoleModels;
}

/** The models that answer a company's customers. */
export const modelsOf = (models: RoleModels, { profile }: Pick<Tenant, "profile">): RoleModels =>
  (profile.modelProfile && models.of?.(profile.modelProfile)) ?? models;

/** Limits of one UTC day. */
export interface BudgetLimits {
  /** Turns of one customer. */
  turns: number;
  /** Seconds of sound of one customer. */
  soundSeconds: number;
  /** Model cost of one business number, in USD. */
  usd: number;
}

/** Dependencies of reading a customer's files. */
export interface MediaDeps {
  media: MediaReader;
  clock: Clock;
  /** Id of the transcription model, for its price. */
  transcriptionModel: string;
  budget: BudgetLimits;
}

/** Work ahead of the classification: what the likeliest intent needs is looked up, and from some confidence on answered. */
export interface Overlap {
  /** Least confidence, 0 to 1, from which the reply is begun; above 1: it never is. */
  replyFrom: number;
}

/** A sample of the turns that a guess decided. */
export interface GuessSample {
  /** 0 to 1. */
  share: number;
  store: ComparisonStore;
}

/** How many conversations of batches run in parallel, and until when. */
export interface RunRules {
  /** Shared by all calls of a process; null: each call has its own. */
  slots: Slots | null;
  /** False when a call that began then may start no turn any more. */
  mayStart(sinceMs: number): boolean;
}

/** Dependencies of a turn. */
export interface TurnDeps extends MediaDeps {
  store: TurnStore;
  channel: Channel;
  knowledge: KnowledgeBase;
  records: RecordsOf;
  /** Calls the tools that companies declare; absent: there are none. */
  runner?: ToolRunner;
  /** Acts that customers confirm; absent: none is proposed. */
  acts?: ActStore;
  notifier: Notifier;
  /** Keeps what models were sent and said; null: it is not kept. */
  keeper: ExchangeKeeper | null;
  /** Answers to impersonal questions; null: none are kept. */
  answers: AnswerCache | null;
  /** True classifies a message in the words of an intent's examples without a model. */
  fastPath: boolean;
  /** What a guess of the local classifier is for: nothing, to be compared with the model's answer, or to decide when it is sure. */
  intentLocal: "off" | "shadow" | "on";
  /** What is begun while the intent is being asked for; null: nothing. */
  overlap: Overlap | null;
  /** Which of the guesses that decided the model sorts too, behind the reply; null: none. */
  sample: GuessSample | null;
  models: RoleModels;
  /** Prices of models, as this deployment states them. */
  factsOf: FactsOf;
  runRules: RunRules;
  clock: SteadyClock;
  log: Log;
  limits: {
    /** Lease duration: how long a silent process keeps its conversation. */
    leaseMs: number;
    /** Settle time: the pause before the first turn after a message, for the rest of a burst. */
    settleMs: number;
    /** For the classification. */
    intentTimeoutMs: number;
    /** For all rungs together. */
    replyTimeoutMs: number;
    /** What a customer should wait at most, by which both are shortened where that helps; null: they never are. */
    waitTargetMs: number | null;
    /** Wait for the status report of an ambiguous send before the resend. */
    statusWaitMs: number;
    /** Opening hours that a customer waits for an operator before the bot offers to go on. */
    handoffWaitMs: number;
  };
}
