import { createActStore } from "../../db/acts.ts";
import type { Database } from "../../db/client.ts";
import { createComparisonStore } from "../../db/guesses.ts";
import { createKnowledgeBase } from "../../db/knowledge.ts";
import { createStore } from "../../db/store.ts";
import { withQueueSignal } from "../cache/queue-signal.ts";
import type { Env } from "../config/env.ts";
import { createEndAlert } from "../model/alerts.ts";
import { briefRuns, lastingRuns } from "../turn/run-all.ts";
import type { NamedModel, Overlap, TurnDeps } from "../turn/state/context.ts";
import { createExchangeKeeper } from "../turn/state/keeper.ts";
import type { InboxStore, NextUnread, UnreadConversations, WaitingHandoffs } from "../types/inbox-store.ts";
import type { SilentConversations } from "../types/ratings.ts";
import { createWhatsAppClient } from "../whatsapp/outbound/client.ts";
import { type Base, platformFetch } from "./base.ts";
import { composeEvents } from "./exports/events.ts";
import { composeMediaReader } from "./media.ts";
import { composeEndAlerts } from "./model-ends.ts";
import { composeModels } from "./models.ts";
import { composeNotifier } from "./notifier.ts";
import {
  composeAnswers,
  composeArchive,
  composeQueueSignal,
  composeRecords,
  composeToolRunner,
} from "./stores.ts";

/** Dependencies of a turn, the same store as `inbox`, and any other model of the same service. */
export type ComposedTurn = TurnDeps & {
  inbox: InboxStore & UnreadConversations & NextUnread & WaitingHandoffs & SilentConversations;
  modelNamed(id: string): NamedModel;
};

/** Composes what turns need. */
export function composeTurn(base: Base, database: Database): ComposedTurn {
  const { env, clock, log, numbers, platform } = base;
  const store = composeEvents(base, createStore(database));
  const notifier = withQueueSignal(composeNotifier(base), composeQueueSignal(base));
  const alert = createEndAlert(composeEndAlerts(base, database, notifier));
  const runner = composeToolRunner(base);
  const models = composeModels(base, (end) => platform.waitUntil(alert(end)));
  return {
    clock,
    log,
    runRules: platform.hasScheduler ? lastingRuns(() => platform.isStopping?.() ?? false) : briefRuns(clock),
    store,
    acts: createActStore(database),
    inbox: store,
    channel: createWhatsAppClient({
      baseUrl: env.WHATSAPP_API_BASE_URL,
      version: env.WHATSAPP_API_VERSION,
      accessToken: numbers.accessToken,
      clock,
      log,
      ...platformFetch(platform),
    }),
    knowledge: createKnowledgeBase(database),
    records: composeRecords(base, runner),
    runner,
    notifier,
    keeper: env.KEEP_EXCHANGES === "off" ? null : createExchangeKeeper(clock),
    answers: composeAnswers(base),
    models: models.chat,
    modelNamed: models.named,
    factsOf: models.factsOf,
    fastPath: env.INTENT_FAST_PATH === "on",
    intentLocal: env.INTENT_LOCAL,
    overlap: overlapOf(env.REPLY_OVERLAP),
    sample: { share: env.INTENT_SAMPLE, store: createComparisonStore(database) },
    media: composeMediaReader(base, composeArchive(base, database), models.speech),
    transcriptionModel: env.TRANSCRIPTION_MODEL,
    budget: { turns: env.BUDGET_TURNS, soundSeconds: env.BUDGET_SOUND_S, usd: env.BUDGET_USD },
    limits: limitsOf(env),
  };
}

const limitsOf = (env: Env): TurnDeps["limits"] => ({
  leaseMs: env.LEASE_MS,
  settleMs: env.SETTLE_MS,
  intentTimeoutMs: env.INTENT_TIMEOUT_MS,
  replyTimeoutMs: env.REPLY_TIMEOUT_MS,
  waitTargetMs: env.WAIT_TARGET_MS === "off" ? null : env.WAIT_TARGET_MS,
  statusWaitMs: env.STATUS_WAIT_MS,
  handoffWaitMs: env.HANDOFF_WAIT_MIN * 60_000,
});

/** From this confidence on, what early replies save in time outweighs what the discarded ones cost: docs/performance.md. */
const LIKELY = 0.3;

const overlapOf = (setting: Env["REPLY_OVERLAP"]): Overlap | null => {
  if (setting === "off") return null;
  if (setting === "lookup") return { replyFrom: Number.POSITIVE_INFINITY };
  return { replyFrom: setting === "on" ? LIKELY : setting };
};
