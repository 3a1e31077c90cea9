import { generateText, type PrepareStepResult, stepCountIs, type ToolSet } from "ai";
import { localTime, replyPrompt } from "../../intents/prompts.ts";
import { type IntentName, intentNamed } from "../../intents/table.ts";
import type { Language } from "../../types/company.ts";
import { UnusableReplyError } from "../outgoing/unusable.ts";
import { MAX_OUTPUT_TOKENS, MAX_STEPS } from "../state/bounds.ts";
import type { NamedModel, TurnDeps } from "../state/context.ts";
import type { Turn } from "../state/turn.ts";
import { usageOf } from "../state/usage.ts";
import { limitCalls } from "./call-limit.ts";
import { boundSteps } from "./steps.ts";
import { hasMarks, type Images, introduction, transcript } from "./transcript.ts";

const CONTEXT_MESSAGES = 5;

/** One attempt at a reply. */
export interface Attempt {
  intent: IntentName;
  language: Language;
  model: NamedModel;
  tools: ToolSet;
  timeoutMs: number;
}

/** Without tools the intent's prompt asks for what cannot be done; this says what can. */
const NO_TOOLS =
  "\n\nNo tool can be called now, whatever is said above: answer from the company's facts, or say that you cannot look it up at the moment and that they can write *persona*, *person* or *pessoa* to reach a person.";

type ReplyTurn = Pick<Turn<Pick<TurnDeps, "clock">>, "claim" | "journal" | "deps">;

/** The reply as Markdown, and the prompt that the model was given. Throws when the model fails, says nothing, refuses, or is late. */
export async function respond(
  turn: ReplyTurn,
  images: Images,
  attempt: Attempt,
): Promise<{ markdown: string; prompt: string }> {
  const { claim, journal } = turn;
  const conversation = transcript(claim.history, claim.pending, CONTEXT_MESSAGES, images);
  const messages = [...introduction(claim.customer.name), ...conversation];
  const prompt = promptOf(turn, attempt, hasMarks(conversation));
  const { tools, nextStep } = limitCalls(attempt.tools, () => journal.failed("cut", "tool_calls"));
  const { text, finishReason } = await generateText({
    model: attempt.model.model,
    system: prompt,
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
    abortSignal: AbortSignal.timeout(attempt.timeoutMs),
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
  return { markdown, prompt: [prompt, ...descriptions].join("\n") };
}

const TELEMETRY = { isEnabled: true, recordInputs: false, recordOutputs: false, functionId: "respond" };

function promptOf({ claim, deps }: ReplyTurn, { intent: name, language, tools }: Attempt, marks: boolean) {
  const { profile } = claim.tenant;
  const intent = intentNamed(name);
  const withoutTools = intent.tools.length > 0 && Object.keys(tools).length === 0;
  const nowLocal = localTime(deps.clock.now(), profile);
  return replyPrompt(intent, { profile, language, nowLocal, marks }).concat(withoutTools ? NO_TOOLS : "");
}

/** The first step calls the intent's first tool; the last has to speak, so it calls none. */
function toolChoice(step: number, intent: IntentName, tools: ToolSet): PrepareStepResult {
  const { firstTool } = intentNamed(intent);
  if (step === 0 && firstTool && tools[firstTool])
    return { toolChoice: { type: "tool", toolName: firstTool } };
  return step === MAX_STEPS - 1 ? { toolChoice: "none" } : {};
}
