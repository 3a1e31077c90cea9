import type { AssistantContent, JSONValue, ModelMessage, ToolContent } from "ai";
import { MAX_RESULT_TOKENS, MAX_TOOL_CALLS_PER_STEP } from "../state/bounds.ts";
import { fairShare, firstTokens, tokensAtMost } from "../state/tokens.ts";

/** The first refused call stays, with the error that says why. */
const MAX_CALLS_SHOWN = MAX_TOOL_CALLS_PER_STEP + 1;

/**
 * Bounds the tool calls and results of earlier steps, which are the messages from index `start` on, to `room`: the longest are
 * cut first.
 */
export function boundSteps(
  messages: readonly ModelMessage[],
  start: number,
  room = MAX_RESULT_TOKENS,
): ModelMessage[] {
  const steps = withoutRefused(messages.slice(start));
  const share = fairShare(steps.flatMap(sizesOf), room);
  return [...messages.slice(0, start), ...steps.map((message) => cutParts(message, share))];
}

/** Removes calls beyond those that are shown, and their results. */
function withoutRefused(steps: readonly ModelMessage[]): ModelMessage[] {
  return steps.map((message) => {
    if (message.role === "assistant" && typeof message.content !== "string")
      return { ...message, content: firstOfType(message.content, "tool-call") };
    return message.role === "tool"
      ? { ...message, content: firstOfType(message.content, "tool-result") }
      : message;
  });
}

/** Keeps the first calls or results; results are in the order of their calls. */
function firstOfType<P extends { type: string }>(parts: readonly P[], type: string): P[] {
  const shown = parts.filter((part) => part.type === type).slice(0, MAX_CALLS_SHOWN);
  return parts.filter((part) => part.type !== type || shown.includes(part));
}

type Part = Exclude<AssistantContent, string>[number] | ToolContent[number];

/** The text of a part as the model reads it; null for a part without words. */
function saidBy(part: Part): string | null {
  if (part.type === "text" || part.type === "reasoning") return part.text;
  if (part.type === "tool-call") return JSON.stringify(part.input ?? null);
  return part.type === "tool-result" ? JSON.stringify(part.output) : null;
}

function sizesOf({ role, content }: ModelMessage): number[] {
  if (role !== "assistant" && role !== "tool") return [];
  if (typeof content === "string") return [tokensAtMost(content)];
  return content.map((part) => tokensAtMost(saidBy(part) ?? ""));
}

function cutParts(message: ModelMessage, share: number): ModelMessage {
  if (message.role === "assistant") {
    const { content } = message;
    if (typeof content === "string") return { ...message, content: firstTokens(content, share) };
    return { ...message, content: content.map((part) => cutPart(part, share)) };
  }
  if (message.role !== "tool") return message;
  return { ...message, content: message.content.map((part) => cutPart(part, share)) };
}

function cutPart<P extends Part>(part: P, share: number): P {
  const said = saidBy(part);
  if (said === null || tokensAtMost(said) <= share) return part;
  if (part.type === "text" || part.type === "reasoning") return { ...part, text: firstTokens(said, share) };
  if (part.type === "tool-call") return { ...part, input: {} };
  const output: { type: "text"; value: JSONValue } = { type: "text", value: `${firstTokens(said, share)}…` };
  return { ...part, output };
}
