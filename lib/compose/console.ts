import { createAlertStore } from "../../db/alerts.ts";
import type { Database } from "../../db/client.ts";
import { createActs } from "../../db/console/acts.ts";
import { createConversationFigures } from "../../db/console/conversation-figures.ts";
import { createCustomerActs } from "../../db/console/customer-acts.ts";
import { createLiveStore } from "../../db/console/live.ts";
import { createHelperCosts, createRates } from "../../db/console/money.ts";
import { createOutbox } from "../../db/console/outbox.ts";
import { createOverview } from "../../db/console/overview.ts";
import { createPlaygroundStore } from "../../db/console/playground.ts";
import { createQuickReplies } from "../../db/console/quick-replies.ts";
import { createSettings } from "../../db/console/settings.ts";
import { createSuggestions } from "../../db/console/suggestions.ts";
import { createTurnReader } from "../../db/console/turns.ts";
import { createDrafts, createVersions } from "../../db/console/versions.ts";
import { createGuessReader } from "../../db/guesses.ts";
import { createKnowledgeBase, type TrialPassage } from "../../db/knowledge.ts";
import { createMetrics } from "../../db/metrics.ts";
import type { ConsoleDeps } from "../console/http/deps.ts";
import { createLive } from "../console/live/live.ts";
import { createTrials } from "../console/versions/trials.ts";
import { createPublicPage } from "../http/public/page.ts";
import { createResolver } from "../http/public/resolve.ts";
import { createPdfText } from "../media/pdf/ask-text.ts";
import { createPlayground } from "../turn/playground/playground.ts";
import { run } from "../turn/run.ts";
import { createSuggester } from "../turn/suggest/suggest.ts";
import type { Channel } from "../types/channel.ts";
import type { Playground } from "../types/console/playground.ts";
import { composeAccess } from "./access.ts";
import { type Base, composeBase } from "./base.ts";
import { composeInbox } from "./inbox.ts";
import type { Platform } from "./platform.ts";
import { publicUrlOf } from "./public-url.ts";
import { composeChain } from "./schedule.ts";
import {
  composeDatabase,
  composeQueueSignal,
  composeRecords,
  composeTemplates,
  composeToolRunner,
} from "./stores.ts";
import { type ComposedTurn, composeTurn } from "./turn.ts";

/** Dependencies of the console. */
export function composeConsole(platform: Platform): ConsoleDeps {
  const base = composeBase(platform);
  const database = composeDatabase(base);
  const turn = composeTurn(base, database);
  const versions = composeVersions(database);
  const inbox = composeInbox(base, database, turn);
  const signal = composeQueueSignal(base);
  const chain = composeChain(base, turn.inbox);
  const deliver = async (conversationId: string) => {
    if ((await run(conversationId, turn)) !== "done") await chain.start();
  };
  return {
    log: base.log,
    clock: base.clock,
    ...composeAccess(base, database),
    live: createLive({ ...base, store: createLiveStore(database), signal }),
    queueChanged: (tenantId) => platform.waitUntil(signal.raise(tenantId)),
    settings: createSettings(database),
    overview: createOverview(database),
    metrics: createMetrics(database),
    rates: createRates(database),
    helperCosts: createHelperCosts(database),
    conversationFigures: createConversationFigures(database),
    alerts: createAlertStore(database),
    guesses: createGuessReader(database),
    intentLocal: turn.intentLocal,
    runbookUrl: base.env.RUNBOOK_URL ?? null,
    acts: createActs(database),
    customerActs: createCustomerActs(database),
    outbox: createOutbox(database),
    ...composeSending(base, turn.channel),
    quickReplies: createQuickReplies(database),
    ...inbox,
    ...versions,
    ...composeImport(base),
    turns: createTurnReader(database),
    deliver: (conversationId) => platform.waitUntil(deliver(conversationId)),
    suggester: createSuggester({
      ...turn,
      suggestions: createSuggestions(database),
      waitUntil: platform.waitUntil,
    }),
    playground: composePlayground(base, turn, { ...versions, ...inbox, database }),
  };
}

/** The playground: what thinks in a turn, by name, and nothing of what stores or sends. */
function composePlayground(
  base: Base,
  turn: ComposedTurn,
  { trials, systems, database }: Pick<ConsoleDeps, "trials" | "systems"> & { database: Database },
): Playground {
  const { waitUntil } = base.platform;
  // Of its own: what fails in trials opens no circuit for customers.
  const runner = composeToolRunner(base);
  const { clock, log, fastPath, intentLocal, models, modelNamed, factsOf } = turn;
  const { transcriptionModel, budget, limits } = turn;
  return createPlayground({
    ...{ clock, log, fastPath, intentLocal, models, modelNamed, factsOf },
    ...{ transcriptionModel, budget, limits },
    ...{ trials, systems, waitUntil, playground: createPlaygroundStore(database) },
    ...{ runner, records: composeRecords(base, runner) },
    testPhones: base.env.TEST_PHONES,
  });
}

/** Versions of what the company says, and trials of them. */
function composeVersions(database: Database): Pick<ConsoleDeps, "versions" | "drafts" | "trials"> {
  const versions = createVersions(database);
  const drafts = createDrafts(database);
  const search = (replaced: readonly TrialPassage[]) => createKnowledgeBase(database, replaced);
  return { versions, drafts, trials: createTrials({ versions, drafts, search }) };
}

/** What passages are imported from. */
function composeImport({ env, numbers, clock, platform }: Base): Pick<ConsoleDeps, "pdfText" | "publicPage"> {
  const allowed = env.IMPORT_HOSTS;
  const fetcher = platform.publicFetch?.(allowed);
  return {
    pdfText: createPdfText({ publicUrl: publicUrlOf(env), secret: numbers.appSecret, clock }),
    publicPage: createPublicPage({
      allowed,
      fetch: fetcher,
      resolve: fetcher ? null : createResolver(env.DNS_URL),
    }),
  };
}

const MB = 1024 * 1024;
/** Meta takes no larger audio; larger documents would be held in memory for too long. */
const MAX_UPLOAD_BYTES = 16 * MB;
/** Vercel refuses request bodies over 4.5 MB before a function sees them. */
const MAX_UPLOAD_ON_VERCEL = 4.4 * MB;

/** Templates and files for what operators send. */
function composeSending(
  base: Base,
  channel: Channel,
): Pick<ConsoleDeps, "templates" | "upload" | "maxUploadBytes"> {
  return {
    templates: composeTemplates(base),
    upload: channel.upload,
    maxUploadBytes: base.env.VERCEL === undefined ? MAX_UPLOAD_BYTES : Math.floor(MAX_UPLOAD_ON_VERCEL),
  };
}
