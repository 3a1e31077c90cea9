import type { LanguageModel } from "ai";
import type { Log } from "../../telemetry/log.ts";
import type { Channel } from "../../types/channel.ts";
import type { SteadyClock } from "../../types/clock.ts";
import type { Notifier } from "../../types/notifier.ts";
import type { BusinessRecords, KnowledgeBase } from "../../types/tools.ts";
import type { TurnStore } from "../../types/turn-store.ts";
import type { UnderstandDeps } from "../answer/understand.ts";

/** A model, and the id by which it is billed. */
export interface NamedModel {
  id: string;
  model: LanguageModel;
}

/** Everything a turn needs from outside. */
export interface TurnDeps extends UnderstandDeps {
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
    echoWaitMs: number;
  };
}
