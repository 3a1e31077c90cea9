import { systemClock } from "../../../lib/compose/clock.ts";
import { composeModels } from "../../../lib/compose/models.ts";
import type { Env } from "../../../lib/config/env.ts";
import { intentNamed } from "../../../lib/intents/table.ts";
import { transcribe } from "../../../lib/media/read/transcribe.ts";
import { MAX_PAUSE_MS } from "../../../lib/model/patience.ts";
import type { Succeeded } from "../../../lib/model/succession.ts";
import type { Log } from "../../../lib/telemetry/log.ts";
import { createStages } from "../../../lib/telemetry/stages.ts";
import { classify } from "../../../lib/turn/answer/classify.ts";
import { respond } from "../../../lib/turn/answer/respond.ts";
import { createTurnTools } from "../../../lib/turn/answer/tools.ts";
import { createJournal, type Journal } from "../../../lib/turn/state/journal.ts";
import { PICTURE, SOUND, sampleClaim } from "./samples.ts";

/** Parts of a turn for which a model is used. */
export type Use = "classification" | "reply" | "transcription";

/** How a model did in what the bot sends it. */
export interface Trial {
  failures: { use: Use; error: unknown }[];
  /** Features that the bot has learnt to leave out. */
  omits: string[];
  /** Models that turned out to be gone. */
  ended: Succeeded[];
}

/** For one part, adaptation to the service included. */
const LIMIT_MS = 15_000;

/** Tries a model for these uses by the bot's own code: one small call for each, two or three for a reply. */
export async function tryModel(env: Env, model: string, uses: ReadonlySet<Use>): Promise<Trial> {
  const trial: Trial = { failures: [], omits: [], ended: [] };
  const models = modelsFor(env, model, trial);
  const turn = {
    claim: sampleClaim(),
    deps: {
      ...{ fastPath: false, intentLocal: "off" as const, models: models.chat, clock: systemClock },
      ...{ knowledge: NO_KNOWLEDGE, records: () => null },
      limits: { ...NO_LIMITS, intentTimeoutMs: LIMIT_MS },
    },
  };
  const journal = (use: Use) => listening((error) => trial.failures.push({ use, error }));
  const parts: Record<Use, () => Promise<unknown>> = {
    classification: () => classify({ ...turn, journal: journal("classification") }),
    reply: () => reply({ ...turn, journal: journal("reply") }),
    transcription: () => listen(models.speech),
  };
  await Promise.all(
    [...uses].map((use) => parts[use]().catch((error: unknown) => trial.failures.push({ use, error }))),
  );
  return trial;
}

/** The models as the bot composes them, with this one in every role. */
function modelsFor(env: Env, model: string, trial: Trial) {
  const roles = {
    INTENT_MODEL: model,
    REPLY_MODEL: model,
    FALLBACK_MODEL: model,
    TRANSCRIPTION_MODEL: model,
  };
  const log: Log = {
    ...{ debug() {}, info() {}, error() {} },
    warn: (event, fields) => {
      if (event === "model.adapted" && Array.isArray(fields?.omits)) trial.omits = [...fields.omits];
    },
  };
  const own = { ...env, ...roles };
  const platform = { env: () => own, waitUntil() {} };
  return composeModels({ env: own, platform, clock: systemClock, log }, (end) => trial.ended.push(end));
}

const NO_KNOWLEDGE = { search: async () => [] };
const NO_LIMITS = {
  ...{ leaseMs: 0, settleMs: 0, replyTimeoutMs: LIMIT_MS, waitTargetMs: null, statusWaitMs: 0 },
  handoffWaitMs: 0,
};

/** A journal that passes on why nothing was classified; a reply throws, and what it notes besides is no failure. */
function listening(onFailure: (error: unknown) => void): Journal {
  const journal = createJournal(createStages(() => performance.now()));
  return { ...journal, failed: (where, error) => (where === "classify" ? onFailure(error) : undefined) };
}

/** A reply with a picture, of the intent whose tool has to be called first. */
function reply(turn: Parameters<typeof respond>[0] & Parameters<typeof createTurnTools>[0] & Replying) {
  const intent = intentNamed("human_handoff");
  const tools = createTurnTools(turn, "en");
  const attempt = {
    ...{ intent: "human_handoff" as const, language: "en" as const, model: turn.deps.models.reply },
    ...{ tools: tools.named(intent.tools), timeoutMs: LIMIT_MS, maxPauseMs: MAX_PAUSE_MS },
  };
  return respond(turn, new Map([["doctor", PICTURE]]), attempt, tools);
}

interface Replying {
  deps: { models: ReturnType<typeof composeModels>["chat"] };
}

function listen(model: ReturnType<typeof composeModels>["speech"]) {
  const signal = AbortSignal.timeout(LIMIT_MS);
  const patience = { clock: systemClock, endsAtMs: Date.now() + LIMIT_MS, maxPauseMs: MAX_PAUSE_MS, signal };
  return transcribe(SOUND, "audio/ogg", { model, patience, mayListen: () => true });
}
