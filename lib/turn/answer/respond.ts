import {
  generateText,
  type PrepareStepResult,
  stepCountIs,
  ToolChoiceViolationError,
  type ToolSet,
} from "ai";
import { localTime, replyPrompt } from "../../intents/prompts.ts";
import { type IntentName, intentNamed } from "../../intents/table.ts";
import { handoffOpened } from "../../language/texts.ts";
import { type Asking, NoToolsError, patientModel } from "../../model/ask.ts";
import type { Language } from "../../types/company.ts";
import { UnusableReplyError } from "../outgoing/unusable.ts";
import { MAX_OUTPUT_TOKENS, MAX_STEPS } from "../state/bounds.ts";
import type { NamedModel, TurnDeps } from "../state/context.ts";
import type { Turn } from "../state/turn.ts";
import { usageOf } from "../state/usage.ts";
import { limitCalls } from "./call-limit.ts";
import { loseCall } from "./lost-call.ts";
import { boundSteps } from "./steps.ts";
import type { TurnTools } from "./tools.ts";
import { hasMarks, type Images, introduction, transcript } from "./transcript.ts";
import { goWithoutTools, openHandoff, owesHandoff, type WithoutTools } from "./without-tools.ts";

const CONTEXT_MESSAGES = 5;

/** One attempt at a reply. */
export interface Attempt {
  intent: IntentName;
  language: Language;
  model: NamedModel;
  tools: ToolSet;
  timeoutMs: number;
  /** Longest pause that a busy service is waited for. */
  maxPauseMs: number;
  /** True when an earlier attempt was cut by its limit. */
  brief?: boolean;
}

const BRIEF = "\n\nYour last answer was too long and was cut off: answer in at most two short sentences.";

type ReplyTurn = Pick<Turn<Pick<TurnDeps, "clock">>, "claim" | "journal" | "deps">;

/** A reply as Markdown, and the prompt that the model was given. */
interface Answered {
  markdown: string;
  prompt: string;
  /** The model that answered: a successor may have. */
  model: string;
  /** True when the limit of tokens ended it. */
  cutByLimit: boolean;
}

/**
 * One attempt at a reply: with the intent's tools, or without where the service takes none. Throws when the model fails, says
 * nothing, refuses, or is late.
 */
export async function respond(
  turn: ReplyTurn,
  images: Images,
  attempt: Attempt,
  tools: TurnTools,
): Promise<Answered> {
  const { dialect } = attempt.model;
  const asking = askingFor(turn, attempt);
  const ask = (withTools: ToolSet, more: WithoutTools | null) =>
    generate(turn, images, { ...attempt, tools: withTools }, { asking, more });
  const withoutTools = async () =>
    ask({}, await goWithoutTools(turn.claim, attempt.intent, tools, asking.signal));
  if (Object.keys(attempt.tools).length === 0 || dialect?.omitted().has("tools")) return withoutTools();
  try {
    return await ask(attempt.tools, null);
  } catch (error) {
    // Some services ignore which tool must be called, or that none may be. The call's tokens are not told.
    const ignored = ToolChoiceViolationError.isInstance(error);
    if (ignored) loseCall(attempt.model, turn);
    if (ignored && owesHandoff(attempt.intent, tools)) {
      await openHandoff(turn.claim, tools, asking.signal);
      const markdown = handoffOpened(attempt.language);
      return { markdown, prompt: "", model: attempt.model.id, cutByLimit: false };
    }
    if (!ignored && !(error instanceof NoToolsError)) throw error;
    tools.startAttempt();
    const answered = await withoutTools();
    if (!ignored) dialect?.learn({ features: ["tools"] });
    return answered;
  }
}

/** The attempt's one deadline, for all its calls and pauses. */
function askingFor({ claim, journal, deps }: ReplyTurn, { timeoutMs, maxPauseMs, model }: Attempt): Asking {
  return {
    clock: deps.clock,
    endsAtMs: deps.clock.now() + timeoutMs,
    maxPauseMs,
    signal: AbortSignal.timeout(timeoutMs),
    onLostCall: () => loseCall(model, { claim, journal }),
  };
}

interface Means {
  asking: Asking;
  /** Null: the model may call the attempt's tools. */
  more: WithoutTools | null;
}

async function generate(
  turn: ReplyTurn,
  images: Images,
  attempt: Attempt,
  { asking, more }: Means,
): Promise<Answered> {
  const { claim, journal } = turn;
  const conversation = transcript(claim.history, claim.pending, CONTEXT_MESSAGES, { images });
  const messages = [...introduction(claim.customer.name), ...conversation];
  const prompt = promptOf(turn, attempt, hasMarks(conversation)) + (more?.rule ?? "");
  const { tools, nextStep } = limitCalls(attempt.tools, () => journal.failed("cut", "tool_calls"));
  const { text, finishReason, response } = await generateText({
    model: patientModel(attempt.model, asking),
    system: prompt + (more?.facts ?? ""),
    messages,
    tools,
    prepareStep: ({ stepNumber, messages: soFar }) => {
      nextStep();
      const bounded = boundSteps(soFar, messages.length);
      return { messages: bounded, ...toolChoice(stepNumber, attempt.intent, tools) };
    },
    stopWhen: stepCountIs(MAX_STEPS),
    temperature: 0.7,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    maxRetries: 0,
    abortSignal: asking.signal,
    experimental_telemetry: TELEMETRY,
    onStepFinish: ({ usage, request, response: { modelId } }) => {
      // A successor may have answered.
      journal.note({ replyModel: modelId });
      journal.spent(usageOf(modelId, { usage, request, maxOutputTokens: MAX_OUTPUT_TOKENS }));
    },
  });
  const markdown = text.trim();
  if (markdown === "") throw new UnusableReplyError("empty");
  if (finishReason === "content-filter" || finishReason === "error")
    throw new UnusableReplyError(finishReason);
  const descriptions = Object.values(tools).map(({ description }) => description ?? "");
  return {
    markdown,
    prompt: [prompt, ...descriptions].join("\n"),
    model: response.modelId.slice(0, MAX_MODEL_NAME),
    cutByLimit: finishReason === "length",
  };
}

/** As much of a model's name as is kept. */
const MAX_MODEL_NAME = 64;

const TELEMETRY = { isEnabled: true, recordInputs: false, recordOutputs: false, functionId: "respond" };

function promptOf({ claim, deps }: ReplyTurn, { intent, language, brief }: Attempt, marks: boolean) {
  const { profile } = claim.tenant;
  const nowLocal = localTime(deps.clock.now(), profile);
  const { waitsForPerson } = claim;
  const context = { profile, language, nowLocal, marks, waitsForPerson };
  return replyPrompt(intentNamed(intent), context) + (brief ? BRIEF : "");
}

/** The first step calls the intent's first tool; the last has to speak, so it calls none. */
function toolChoice(step: number, intent: IntentName, tools: ToolSet): PrepareStepResult {
  const { firstTool } = intentNamed(intent);
  if (step === 0 && firstTool && tools[firstTool])
    return { toolChoice: { type: "tool", toolName: firstTool } };
  return step === MAX_STEPS - 1 ? { toolChoice: "none" } : {};
}
