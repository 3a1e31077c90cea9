import { generateObject, type ModelMessage, NoObjectGeneratedError, zodSchema } from "ai";
import { firstOf } from "../../http/signals.ts";
import type { LikelyIntent } from "../../intents/local/by-likeness.ts";
import { guessIntent } from "../../intents/local/guess.ts";
import { type Asked, decideByWords } from "../../intents/local/words.ts";
import { type IntentRow, intentsOf, isLearnt } from "../../intents/own.ts";
import { ownWords } from "../../intents/own-words.ts";
import { classifierPrompt } from "../../intents/prompts.ts";
import { classificationIn } from "../../intents/read-classification.ts";
import { classificationSchema } from "../../intents/schema.ts";
import type { IntentName } from "../../intents/table.ts";
import { guessLanguage, languageOfPhone } from "../../language/guess.ts";
import { patientModel } from "../../model/ask.ts";
import { MAX_PAUSE_MS } from "../../model/patience.ts";
import { systemPrompt } from "../../model/prefix.ts";
import type { Language } from "../../types/company.ts";
import type { Opinion } from "../../types/turn/record.ts";
import type { Claim } from "../../types/turn-store.ts";
import { CLASSIFY_ROOM } from "../state/bounds.ts";
import type { TurnDeps } from "../state/context.ts";
import { abortedWhen, givesWay, type Meanwhile, NOTHING, standsIn } from "../state/give-way.ts";
import type { Turn } from "../state/turn.ts";
import { usageOf } from "../state/usage.ts";
import { countLostCall, discardCall, loseCall } from "./lost-call.ts";
import { ourLast, pendingText, transcript } from "./transcript.ts";

/** Below this the classifier is guessing, and the general intent, which has every tool, serves better. */
const LOW_CONFIDENCE = 0.5;
const CONTEXT_MESSAGES = 3;
/** Converted once for each table: the AI SDK would turn the schema into JSON Schema at every call. */
const schemas = new WeakMap<readonly IntentRow[], ReturnType<typeof schemaOf>>();

const schemaOf = (rows: readonly IntentRow[]) => zodSchema(classificationSchema(rows));

function classificationOf(rows: readonly IntentRow[]): ReturnType<typeof schemaOf> {
  const schema = schemas.get(rows) ?? schemaOf(rows);
  schemas.set(rows, schema);
  return schema;
}
/** The answer is one small object, some 30 tokens. */
const MAX_OUTPUT_TOKENS = 100;

/** The customer's intent and language. */
export interface Perceived {
  intent: IntentName;
  language: Language;
  /** False when no model answered and a guess or the general intent stands in. */
  classified: boolean;
  /** True when the words alone told it, beyond doubt. */
  byWords: boolean;
}

type ClassifyTurn = Pick<
  Turn<Pick<TurnDeps, "fastPath" | "intentLocal" | "models" | "limits" | "clock">>,
  "claim" | "journal" | "deps"
> &
  Partial<Pick<Turn, "receivedAtMs">>;

/**
 * Classifies by the words of the table's examples, else by likeness to phrases, else with the small model; `fastPath` and
 * `intentLocal` say which. Never throws: without an answer it is a likely guess or the general intent, in the likeliest language.
 * A model that leaves the reply no time gives way to it.
 */
export async function classify(turn: ClassifyTurn, meanwhile: Meanwhile = NOTHING): Promise<Perceived> {
  const { claim, deps, journal } = turn;
  const asked = askedIn(claim);
  const local =
    deps.fastPath && asked ? await journal.stages.run("classify", async () => decideByWords(asked)) : null;
  if (local) {
    journal.note({ ...local, confidence: 1, decidedBy: "local" });
    return { ...local, classified: true, byWords: true };
  }
  const guessing = guess(turn, asked);
  // In shadow the call does not wait for the guess, and the guess decides nothing.
  const mayDecide = deps.intentLocal === "on";
  const guessed = mayDecide ? await journal.stages.run("classify", () => guessing) : null;
  if (guessed?.intent && guessed.sure) return perceivedByLikeness(turn, guessed, true);
  const over = new AbortController();
  void guessing.then((soFar) => asked && !over.signal.aborted && meanwhile.begin(soFar));
  try {
    return await classifyByModel(turn, givesWay(turn, guessing, meanwhile, over.signal));
  } catch (error) {
    countFailedCall(turn, error);
    const standIn = await guessing;
    if (standsIn(turn, standIn)) return perceivedByLikeness(turn, standIn, false);
    const language = likelyLanguage(claim);
    journal.note({ intent: "general", language, decidedBy: "default", rung: "no_classification" });
    return { intent: "general", language, classified: false, byWords: false };
  } finally {
    over.abort();
    // A guess costs far less than a call: it was made long before.
    await guessing;
  }
}

/** The local classifier's guess, noted; null when it is off, has not learnt the company's intents, or a text is no plain one. Never throws. */
async function guess(
  { deps, journal }: ClassifyTurn,
  asked: ReturnType<typeof askedIn>,
): Promise<LikelyIntent | null> {
  if (deps.intentLocal === "off" || !asked || !isLearnt(asked.rows)) return null;
  try {
    const guessed = await guessIntent(asked);
    const { intent, confidence, sure, version } = guessed;
    journal.note({ guess: { intent, confidence, sure, version } });
    return guessed;
  } catch (error) {
    journal.failed("guess", error);
    return null;
  }
}

/** What the guess says, in the likeliest language. */
function perceivedByLikeness(
  { claim, journal }: ClassifyTurn,
  { intent, confidence }: LikelyIntent,
  classified: boolean,
): Perceived {
  const language = likelyLanguage(claim);
  const said = intent ?? "general";
  const rung = classified ? {} : { rung: "no_classification" };
  journal.note({ intent: said, confidence, language, decidedBy: "likeness", ...rung });
  return { intent: said, language, classified, byWords: false };
}

/** What the model says of the intent, in a turn whose journal is for this call alone; null without an answer. Never throws. */
export async function askForOpinion(turn: ClassifyTurn): Promise<Opinion | null> {
  try {
    const { intent, confidence } = await sortByModel(turn);
    return { intent, confidence };
  } catch (error) {
    countFailedCall(turn, error);
    return null;
  }
}

async function classifyByModel(turn: ClassifyTurn, isLate: Promise<boolean>): Promise<Perceived> {
  const sorted = await sortByModel(turn, isLate);
  turn.journal.note({ ...sorted, decidedBy: "model" });
  const { intent, language } = sorted;
  return { intent, language, classified: true, byWords: false };
}

/** The model's classification; the call is noted, and nothing is decided. */
async function sortByModel(turn: ClassifyTurn, isLate = Promise.resolve(false)) {
  const { claim, journal } = turn;
  const { object, usage, request, response } = await journal.stages.run("classify", () =>
    askModel(turn, isLate),
  );
  // A successor may have answered.
  const { modelId } = response;
  journal.spent(usageOf(modelId, { usage, request, maxOutputTokens: MAX_OUTPUT_TOKENS }));
  const intent = object.confidence < LOW_CONFIDENCE ? "general" : object.intent;
  // No column of single precision holds 1e-137, and nobody reads more than two places.
  const confidence = Math.round(object.confidence * 100) / 100;
  // A picture or a tap does not tell the language; the customer's earlier messages and phone do.
  const wordless = ownWords(pendingText(claim.pending)).trim() === "";
  const language = wordless ? likelyLanguage(claim) : object.language;
  return { intent, confidence, language, intentModel: modelId };
}

/** The classification, noted as an exchange. */
async function askModel(turn: ClassifyTurn, isLate: Promise<boolean>) {
  const { claim, journal, deps } = turn;
  const system = classifierPrompt(claim.tenant.profile, intentsOf(claim.tenant));
  const messages = transcript(claim.history, claim.pending, CONTEXT_MESSAGES, { room: CLASSIFY_ROOM });
  const answered = journal.exchanges.asked({
    ...{ of: "intent", rung: null, model: deps.models.intent.id, prompt: system, messages },
    ...{ localTime: null, facts: "", continues: false, tools: [] },
  });
  const answer = await generate(turn, { system, messages }, abortedWhen(isLate));
  const { object, response, usage } = answer;
  answered({ model: response.modelId, text: JSON.stringify(object), toolCalls: [], usage });
  return answer;
}

function generate(
  { claim, journal, deps }: ClassifyTurn,
  { system, messages }: { system: string; messages: ModelMessage[] },
  late: AbortSignal,
) {
  const { clock, limits, models } = deps;
  const rows = intentsOf(claim.tenant);
  const { intentTimeoutMs } = limits;
  const signal = firstOf(AbortSignal.timeout(intentTimeoutMs), late);
  const onLostCall = () => loseCall(models.intent, { claim, journal });
  const onDiscardedCall = () => discardCall(models.intent, { claim, journal });
  const endsAtMs = clock.now() + intentTimeoutMs;
  return generateObject({
    model: patientModel(models.intent, {
      ...{ clock, endsAtMs, maxPauseMs: MAX_PAUSE_MS, signal },
      ...{ onLostCall, onDiscardedCall },
    }),
    schema: classificationOf(rows),
    schemaName: "classification",
    // The same for all customers of a company.
    system: systemPrompt(system, ""),
    messages,
    temperature: 0.2,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    maxRetries: 0,
    experimental_repairText: async ({ text }) => classificationIn(text, likelyLanguage(claim), rows),
    abortSignal: signal,
    experimental_telemetry: {
      isEnabled: true,
      recordInputs: false,
      recordOutputs: false,
      functionId: "classify",
    },
  });
}

function countFailedCall(turn: ClassifyTurn, error: unknown): void {
  const { deps, journal } = turn;
  const small = deps.models.intent;
  journal.failed("classify", error);
  journal.exchanges.failed(error, NoObjectGeneratedError.isInstance(error) ? error.text : undefined);
  // An answer that is no classification was paid for all the same.
  if (NoObjectGeneratedError.isInstance(error) && error.usage)
    journal.spent(
      usageOf(error.response?.modelId ?? small.id, {
        usage: error.usage,
        request: {},
        maxOutputTokens: MAX_OUTPUT_TOKENS,
      }),
    );
  else countLostCall(error, small, turn);
}

/** The unanswered text and what is known around it; null for a message that quotes, edits, shows or taps something. */
function askedIn(claim: Claim): (Asked & { rows: readonly IntentRow[] }) | null {
  const { pending, history, customer, tenant } = claim;
  // Such a message means more than its words.
  if (pending.some(({ type, about, quoted }) => type !== "text" || about || quoted)) return null;
  const before = history.at(-1);
  const answersQuestion = before?.direction === "out" && (before.text?.includes("?") ?? false);
  return {
    text: pending.map(({ text }) => text ?? "").join("\n"),
    answersQuestion,
    before: ourLast(history),
    expected: customer.language ?? languageOfPhone(customer.phone) ?? tenant.profile.language,
    rows: intentsOf(tenant),
  };
}

/** The language to speak when no model says. */
export function likelyLanguage(claim: Pick<Claim, "pending" | "customer" | "tenant">): Language {
  return guessLanguage(ownWords(pendingText(claim.pending)), {
    known: claim.customer.language,
    phone: claim.customer.phone,
    company: claim.tenant.profile.language,
  });
}
