import type { LanguageModel } from "ai";
import type { Log } from "../../telemetry/log.ts";
import type { Channel } from "../../types/channel.ts";
import type { Clock, SteadyClock } from "../../types/clock.ts";
import type { MediaReader } from "../../types/media.ts";
import type { Notifier } from "../../types/notifier.ts";
import type { BusinessRecords, KnowledgeBase } from "../../types/tools.ts";
import type { TurnStore } from "../../types/turn-store.ts";

/** A model, and the id by which it is billed. */
export interface NamedModel {
  id: string;
  model: LanguageModel;
}

/** Limits of one UTC day. */
export interface BudgetLimits {
  /** Turns of one person. */
  turns: number;
  /** Seconds of sound of one person. */
  soundSeconds: number;
  /** Model cost of one business number, in USD. */
  usd: number;
}

/** Dependencies of reading the files that a customer sent. */
export interface MediaDeps {
  media: MediaReader;
  clock: Clock;
  /** The model that listens, for its price. */
  transcriptionModel: string;
  budget: BudgetLimits;
}

/** Everything a turn needs from outside. */
export interface TurnDeps extends MediaDeps {
  store: TurnStore;
  channel: Channel;
  knowledge: KnowledgeBase;
  records: BusinessRecords | null;
  notifier: Notifier;
  /** What is said in the very words of an intent's examples needs no model to be sorted. */
  fastPath: boolean;
  models: { intent: NamedModel; reply: NamedModel; fallback: NamedModel };
  clock: SteadyClock;
  log: Log;
  limits: {
    /** How long a holder may keep a conversation without a word to the database; it also ends a dead holder's hold. */
    leaseMs: number;
    /** Pause before the first turn after a message, for the rest of a burst to come. */
    settleMs: number;
    /** For the classification. */
    intentTimeoutMs: number;
    /** For all rungs of the ladder together. */
    replyTimeoutMs: number;
    /** How long a send without an answer waits for its status report before it is repeated. */
    statusWaitMs: number;
  };
}
