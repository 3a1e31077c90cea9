import {
  generateText,
  type PrepareStepResult,
  type StepResult,
  stepCountIs,
  streamText,
  type ToolSet,
} from "ai";
import { type IntentRow, intentOf } from "../../intents/own.ts";
import { localTime, replyPrefix, replyRest } from "../../intents/prompts.ts";
import type { IntentName } from "../../intents/table.ts";
import { type Asking, patientModel } from "../../model/ask.ts";
import { systemPrompt } from "../../model/prefix.ts";
import type { Language } from "../../types/company.ts";
import type { Claim } from "../../types/turn-store.ts";
import { callable } from "../outgoing/returned.ts";
import { UnusableReplyError } from "../outgoing/unusable.ts";
import { MAX_OUTPUT_TOKENS, MAX_RESULT_TOKENS, MAX_STEPS } from "../state/bounds.ts";
import type { NamedModel, TurnDeps } from "../state/context.ts";
import type { Asked, Told } from "../state/exchanges.ts";
import { tokensAtMost } from "../state/tokens.ts";
import type { Turn } from "../state/turn.ts";
import { usageOf } from "../state/usage.ts";
import { limitCalls } from "./call-limit.ts";
import { boundSteps } from "./steps.ts";
import { colleagueNote, hasMarks, type Images, introduction, transcript } from "./transcript.ts";
import type { Given } from "./without-tools.ts";

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
  /** True for a draft that an operator asked for and sends themselves. */
  wantsDraft?: boolean;
  /** True for an answer that may be another customer's too: it is made without name, history and time. */
  impersonal?: boolean;
  /** What was looked up for it, as the model reads it. */
  facts?: string | null;
  /** Aborted when the answer is not wanted any more; that of `reader` by default. */
  signal?: AbortSignal;
  /** Set when somebody reads along. */
  reader?: Reader;
  /** True once a tool has put a question of ours in place of the answer: the model need not say anything. */
  isAsking?(): boolean;
}

/** An operator who reads an answer while it is written. */
export interface Reader {
  /** Aborted when the operator has gone. */
  signal: AbortSignal;
  /** Called when a step begins, whose words begin anew. */
  onStep?(): void;
  /** Called with all words of the answer so far, and the prompt that they must not repeat. */
  onWords(words: string, prompt: string): void;
}

const BRIEF = "\n\nYour last answer was too long and was cut off: answer in at most two short sentences.";

export type ReplyTurn = Pick<Turn<Pick<TurnDeps, "clock">>, "claim" | "journal" | "deps">;

/** A reply as Markdown, and the prompt that the model was given. */
export interface Answered {
  markdown: string;
  prompt: string;
  /** The model that answered: a successor may have. */
  model: string;
  /** True when the limit of tokens ended it. */
  cutByLimit: boolean;
}

interface Means {
  asking: Asking;
  given: Given;
}

/** Asks the model once, tool calls included. Throws when it fails, says nothing, refuses, or is late. */
export async function generate(
  turn: ReplyTurn,
  images: Images,
  attempt: Attempt,
  { asking, given }: Means,
): Promise<Answered> {
  const { claim, journal } = turn;
  const { messages, marks } = messagesOf(claim, images, attempt);
  const nowLocal = attempt.impersonal ? null : localTime(turn.deps.clock.now(), claim.tenant.profile);
  const { prefix, rest } = promptOf(turn, attempt, { marks, nowLocal });
  const prompt = prefix + rest + given.rule;
  const { tools, nextStep } = limitCalls(attempt.tools, () => journal.failed("cut", "tool_calls"));
  const secret = [prompt, ...Object.values(tools).map(({ description = "" }) => description)].join("\n");
  const { facts } = given;
  const noted = noteSteps(turn, attempt, { prompt, facts, localTime: nowLocal, tools });
  const call: Call = {
    model: patientModel(attempt.model, asking),
    system: systemPrompt(prefix, prompt.slice(prefix.length) + facts),
    messages,
    tools,
    prepareStep: ({ stepNumber, messages: soFar }) => {
      nextStep();
      const bounded = boundSteps(soFar, messages.length, MAX_RESULT_TOKENS - tokensAtMost(facts));
      noted.asked(stepNumber === 0 ? bounded : bounded.slice(messages.length), stepNumber > 0);
      return { messages: bounded, ...offered(stepNumber, turn, attempt, tools) };
    },
    stopWhen: [stepCountIs(MAX_STEPS), () => isAsking(attempt)],
    temperature: 0.7,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    maxRetries: 0,
    abortSignal: asking.signal,
    experimental_telemetry: TELEMETRY,
    onStepFinish: noted.answered,
  };
  const { reader } = attempt;
  const { text, finishReason, response } = reader
    ? await streamed(call, { ...reader, onWords: (words) => reader.onWords(words, secret) }, asking)
    : await generateText(call);
  const markdown = text.trim();
  if (markdown === "" && !isAsking(attempt)) throw new UnusableReplyError("empty");
  if (finishReason === "content-filter" || finishReason === "error")
    throw new UnusableReplyError(finishReason);
  return {
    markdown,
    prompt: secret,
    model: response.modelId.slice(0, MAX_MODEL_NAME),
    cutByLimit: finishReason === "length",
  };
}

/** What the model may call, or must, in a step. */
const offered = (step: number, { claim, journal }: ReplyTurn, { intent }: Attempt, tools: ToolSet) => ({
  activeTools: callable(tools, journal.toolCalls),
  ...toolChoice(step, intentOf(claim.tenant, intent), tools),
});

const isAsking = ({ isAsking }: Attempt): boolean => isAsking?.() ?? false;

type Prompted = Pick<Asked, "prompt" | "facts" | "localTime"> & { tools: ToolSet };

/** Notes what is sent with each step of an attempt, and what is said and used. */
function noteSteps({ journal }: ReplyTurn, { model }: Attempt, { tools, ...prompted }: Prompted) {
  let told: ((told: Told) => void) | null = null;
  return {
    asked(messages: Asked["messages"], continues: boolean) {
      const { rung } = journal.record();
      told = journal.exchanges.asked({
        ...{ of: "reply", rung, model: model.id, ...prompted, messages, continues },
        tools: Object.keys(tools),
      });
    },
    answered({ usage, request, text, toolCalls, response: { modelId } }: StepResult<ToolSet>) {
      told?.({ model: modelId, text, toolCalls, usage });
      // A successor may have answered.
      journal.note({ replyModel: modelId });
      journal.spent(usageOf(modelId, { usage, request, maxOutputTokens: MAX_OUTPUT_TOKENS }));
    },
  };
}

function messagesOf(
  { customer, history, pending, botNote = null }: Claim,
  images: Images,
  { impersonal }: Attempt,
) {
  const conversation = transcript(impersonal ? [] : history, pending, CONTEXT_MESSAGES, { images });
  const about = impersonal ? [] : [...introduction(customer.name), ...colleagueNote(botNote)];
  return { messages: [...about, ...conversation], marks: hasMarks(conversation) };
}

/** What `generateText` and `streamText` are called with. */
type Call = Parameters<typeof generateText>[0] & Parameters<typeof streamText>[0];

/** The same answer, of which `onWords` hears the words of the step in progress as they come. */
async function streamed(
  call: Call,
  { onStep, onWords }: Pick<Reader, "onStep"> & { onWords(words: string): void },
  { signal, onLostCall }: Asking,
): Promise<Pick<Awaited<ReturnType<typeof generateText>>, "text" | "finishReason" | "response">> {
  const result = streamText({ ...call, onError: () => {} });
  let words = "";
  for await (const part of result.fullStream) {
    if (part.type === "start-step") {
      words = "";
      onStep?.();
    } else if (part.type === "text-delta") {
      words += part.text;
      onWords(words);
    } else if (part.type === "error") {
      // What broke off is billed; what was refused has no words.
      if (words !== "" && !signal.aborted) onLostCall();
      throw part.error;
    } else if (part.type === "abort") throw signal.reason;
  }
  const [text, finishReason, response] = await Promise.all([
    result.text,
    result.finishReason,
    result.response,
  ]);
  return { text, finishReason, response };
}

/** As much of a model's name as is kept. */
const MAX_MODEL_NAME = 64;

const TELEMETRY = { isEnabled: true, recordInputs: false, recordOutputs: false, functionId: "respond" };

function promptOf(
  { claim }: ReplyTurn,
  { intent, language, brief, wantsDraft = false }: Attempt,
  { marks, nowLocal }: { marks: boolean; nowLocal: string | null },
) {
  const { profile, intents } = claim.tenant;
  const { waitsForPerson } = claim;
  const colleague = { hasNote: Boolean(claim.botNote), wantsDraft };
  const ownPrompt = intents?.[intent]?.prompt;
  const context = { profile, language, nowLocal, marks, waitsForPerson, ownPrompt, ...colleague };
  return {
    prefix: replyPrefix(intentOf(claim.tenant, intent), context),
    rest: replyRest(context) + (brief ? BRIEF : ""),
  };
}

/** The first step calls the intent's first tool; the last has to speak, so it calls none. */
function toolChoice(step: number, { firstTool }: IntentRow, tools: ToolSet): PrepareStepResult {
  if (step === 0 && firstTool && tools[firstTool])
    return { toolChoice: { type: "tool", toolName: firstTool } };
  return step === MAX_STEPS - 1 ? { toolChoice: "none" } : {};
}
