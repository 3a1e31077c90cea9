import { knownModels } from "../../config/models.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import { span } from "../../telemetry/span.ts";
import { createStages } from "../../telemetry/stages.ts";
import type {
  Playground,
  PlaygroundStore,
  StartTrial,
  TrialAnswer,
  TrialAsk,
  TrialEnd,
  TrialModels,
  TrialRefusal,
} from "../../types/console/playground.ts";
import type { CompanySystems } from "../../types/console/systems.ts";
import type { Trial, Trials } from "../../types/console/versions.ts";
import type { Claim } from "../../types/turn-store.ts";
import { toWhatsApp } from "../../whatsapp/format/format.ts";
import { describeOutbound } from "../../whatsapp/messages/reply.ts";
import { levelOf } from "../answer/budget.ts";
import type { Reply } from "../answer/reply.ts";
import { compose } from "../compose.ts";
import { partsOf } from "../part.ts";
import type { NamedModel } from "../state/context.ts";
import { createJournal, type Journal } from "../state/journal.ts";
import type { ComposingTurn } from "../state/turn.ts";
import { pretendClaim, replayClaim } from "./claim.ts";
import { trialRecords, trialRunner, trialUse } from "./declared.ts";
import { createWatcher, type Watcher } from "./onlooker.ts";

/** Dependencies of trials: those of a turn that only thinks. No store of turns, no channel, no notifier, no files. */
export type PlaygroundDeps = Omit<ComposingTurn["deps"], "media" | "knowledge" | "answers" | "overlap"> & {
  playground: PlaygroundStore;
  systems: CompanySystems;
  trials: Trials;
  modelNamed(id: string): NamedModel;
  /** Phones of test customers: for nobody else is a tool called that could tell of them. */
  testPhones: readonly string[];
  /** Keeps the process alive until an answer is booked, also when its reader has gone. */
  waitUntil(work: Promise<unknown>): void;
};

/** Answers by the bot's own prompts, tools, checks and messages, for nobody: what it would send is only shown. */
export const createPlayground = (deps: PlaygroundDeps): Playground => ({
  models: () => modelsOf(deps),
  async budget(tenantId) {
    return { usedUsd: await deps.playground.usedToday(tenantId), limitUsd: deps.budget.usd };
  },
  async ordersConnected(tenantId) {
    const company = await deps.systems.of(tenantId);
    return company !== null && deps.records(company) !== null;
  },
  testPhones: deps.testPhones,
  replay: (tenantId, turnId) => deps.playground.replay(tenantId, turnId),
  async prepare(ask) {
    const prepared = await prepare(ask, deps);
    return "refused" in prepared ? prepared : starting(ask, prepared, deps);
  },
});

interface Prepared {
  claim: Claim;
  trial: Trial;
}

async function prepare(ask: TrialAsk, deps: PlaygroundDeps): Promise<Prepared | TrialRefusal> {
  const { tenantId, operatorId, version, question } = ask;
  const [numberUsd, opened, company, replay] = await Promise.all([
    deps.playground.usedToday(tenantId),
    deps.trials.open(tenantId, operatorId, version),
    deps.systems.of(tenantId),
    question.kind === "turn" ? deps.playground.replay(tenantId, question.turnId) : null,
  ]);
  // What is left at the end of a budget is for customers.
  if (["economy", "closed"].includes(levelOf(numberUsd, deps.budget.usd))) return { refused: "budget" };
  if (opened === null) return { refused: "no_version" };
  if ("problems" in opened) return { refused: "not_valid" };
  const { trial } = opened;
  const around = { tenant: { ...trial.tenant, secrets: company?.secrets ?? null }, numberUsd };
  if (question.kind === "pretend")
    return { trial, claim: pretendClaim(question, { ...around, nowMs: deps.clock.now() }) };
  return replay ? { trial, claim: replayClaim(replay, around) } : { refused: "no_turn" };
}

const starting =
  (ask: TrialAsk, prepared: Prepared, deps: PlaygroundDeps): StartTrial =>
  (run) => {
    const work = span("playground", {}, () => answer(ask, prepared, deps, run));
    deps.waitUntil(work);
    return work;
  };

async function answer(
  ask: TrialAsk,
  { claim, trial }: Prepared,
  deps: PlaygroundDeps,
  run: Parameters<StartTrial>[0],
): Promise<TrialEnd> {
  const startedMs = deps.clock.steady();
  const journal = createJournal(
    createStages(() => performance.now()),
    deps.factsOf,
  );
  const { testPhones } = deps;
  const bounds = { testPhones, customer: claim.customer, changedTools: trial.changedTools };
  const useOf = (name: string) => {
    const declared = trial.tenant.tools?.find((tool) => tool.name === name);
    return declared ? trialUse(declared, bounds) : null;
  };
  const watcher = createWatcher({ journal, clock: deps.clock, useOf, ...run });
  const own = turnDeps(ask, trial, deps);
  const runner = deps.runner && trialRunner(deps.runner, bounds);
  const records = trialRecords(deps.records, bounds);
  const turn: ComposingTurn = { claim, journal, deps: { ...own, records, ...(runner && { runner }) } };
  const reply = await compose(turn, watcher).catch((error: unknown) => errorCode(error));
  const totalMs = Math.round(deps.clock.steady() - startedMs);
  const costUsd = await book(ask, journal, deps, run.signal.aborted);
  if (run.signal.aborted) return { kind: "failed", code: "aborted", costUsd };
  if (reply === null || typeof reply === "string")
    return { kind: "failed", code: reply ?? "silent", costUsd };
  return { kind: "answered", answer: answerOf({ reply, claim, journal, watcher, startedMs, totalMs }) };
}

/** A chosen model answers alone, so that no other is taken for it; the classification stays as configured. */
function turnDeps({ model }: TrialAsk, { knowledge }: Trial, deps: PlaygroundDeps): ComposingTurn["deps"] {
  const chosen = model === null ? null : deps.modelNamed(model);
  const { intent } = deps.models;
  return {
    ...deps,
    knowledge,
    // A trial shows what the models say.
    answers: null,
    // What an onlooker sees comes one after the other.
    overlap: null,
    models: chosen ? { intent, reply: chosen, fallback: chosen } : deps.models,
    // A replayed file that was not read then is not fetched now.
    media: { read: async () => ({ kind: "unreadable", reason: "gone" }) },
  };
}

/** Books what was used, and returns what it cost: of a call that was cut off, by estimate. */
async function book(
  ask: TrialAsk,
  journal: Journal,
  deps: PlaygroundDeps,
  aborted: boolean,
): Promise<number | null> {
  const { replyModel: model, inputTokens, outputTokens, costUsd, errors } = journal.record();
  const { usd } = journal.usage();
  const cost = aborted ? usd : costUsd;
  await deps.playground
    .book(ask, { model, inputTokens, outputTokens, costUsd: cost, usd, errors })
    .catch((error) => deps.log.error("playground.not_booked", { code: errorCode(error) }));
  return cost;
}

interface Finished {
  reply: Reply;
  claim: Claim;
  journal: Journal;
  watcher: Watcher;
  startedMs: number;
  totalMs: number;
}

function answerOf({ reply, claim, journal, watcher, startedMs, totalMs }: Finished): TrialAnswer {
  const record = journal.record();
  // The question about an act takes the place of whatever a model wrote.
  const written = FIXED_RUNGS.has(record.rung) || reply.act ? null : watcher.written();
  const firstAtMs = watcher.firstTokenAtMs();
  return {
    record,
    messages: partsOf(reply, claim).map(({ message }) => ({ message, text: describeOutbound(message) })),
    written,
    // Compared as it would be sent: formatting is no change.
    changed: written !== null && toWhatsApp(written) !== toWhatsApp(reply.markdown),
    handoff: reply.handoff,
    asks: reply.act ? { tool: reply.act.declared.name, minutes: reply.act.minutes } : null,
    optsOut: reply.optOut !== null || claim.pending.some(({ opt }) => opt === "stop"),
    firstTokenMs: firstAtMs === null ? null : Math.round(firstAtMs - startedMs),
    totalMs,
  };
}

/** Rungs in which no model worded the reply. */
const FIXED_RUNGS: ReadonlySet<string> = new Set(["fixed", "courtesy", "apology"]);

function modelsOf({ models: { intent, reply, fallback }, factsOf }: PlaygroundDeps): TrialModels {
  const configured = { intent: intent.id, reply: reply.id, fallback: fallback.id };
  const chat = Object.entries(knownModels).flatMap(([id, { minuteUsd }]) => (minuteUsd === null ? id : []));
  const ids = [...new Set([configured.reply, configured.fallback, ...chat])];
  return {
    configured,
    known: ids.map((id) => {
      const { inputUsd, outputUsd, shutdown } = factsOf(id);
      return { id, inputUsd, outputUsd, shutdown };
    }),
  };
}
