import { generateText, stepCountIs, type ToolSet } from "ai";
import { localTime, replyPrompt } from "../../intents/prompts.ts";
import { type IntentName, intentNamed } from "../../intents/table.ts";
import type { Language } from "../../types/company.ts";
import type { Claim } from "../../types/turn-store.ts";
import { UnusableReplyError } from "../outgoing/unusable.ts";
import { MAX_OUTPUT_TOKENS, MAX_STEPS } from "../state/bounds.ts";
import type { NamedModel, TurnDeps } from "../state/context.ts";
import type { Journal } from "../state/journal.ts";
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

/** The reply as Markdown, and what the model was told. Throws when the model fails, says nothing, refuses, or is late. */
export async function respond(
  claim: Claim,
  images: Images,
  attempt: Attempt,
  deps: TurnDeps,
  journal: Journal,
): Promise<{ markdown: string; prompt: string }> {
  const { profile } = claim.tenant;
  const intent = intentNamed(attempt.intent);
  const conversation = transcript(claim.history, claim.pending, CONTEXT_MESSAGES, images);
  const messages = [...introduction(claim.user.name), ...conversation];
  const withoutTools = intent.tools.length > 0 && Object.keys(attempt.tools).length === 0;
  const { tools, nextStep } = limitCalls(attempt.tools, () => journal.failed("cut", "tool_calls"));
  const prompt = replyPrompt(intent, {
    profile,
    language: attempt.language,
    nowLocal: localTime(deps.clock.now(), profile.timeZone),
    marks: hasMarks(conversation),
  }).concat(withoutTools ? NO_TOOLS : "");
  const result = await generateText({
    model: attempt.model.model,
    system: prompt,
    messages,
    tools,
    prepareStep: ({ stepNumber, messages: soFar }) => {
      nextStep();
      const { firstTool } = intent;
      if (stepNumber === 0 && firstTool && tools[firstTool]) {
        return { toolChoice: { type: "tool", toolName: firstTool } };
      }
      const bounded = { messages: boundSteps(soFar, messages.length) };
      // The last step has to speak, so it gets no more tools to call.
      return stepNumber === MAX_STEPS - 1 ? { ...bounded, toolChoice: "none" } : bounded;
    },
    stopWhen: stepCountIs(MAX_STEPS),
    temperature: 0.7,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    maxRetries: 0,
    abortSignal: AbortSignal.timeout(attempt.timeoutMs),
    experimental_telemetry: {
      isEnabled: true,
      recordInputs: false,
      recordOutputs: false,
      functionId: "respond",
    },
    onStepFinish: ({ usage, request }) =>
      journal.spent(usageOf(attempt.model.id, { usage, request, maxOutputTokens: MAX_OUTPUT_TOKENS })),
  });
  const text = result.text.trim();
  if (text === "" || result.finishReason === "content-filter" || result.finishReason === "error") {
    throw new UnusableReplyError(text === "" ? "empty" : result.finishReason);
  }
  const descriptions = Object.values(tools).map(({ description }) => description ?? "");
  return { markdown: text, prompt: [prompt, ...descriptions].join("\n") };
}
