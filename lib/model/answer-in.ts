import { APICallError } from "ai";
import { boundedInteger } from "../json/clean.ts";
import { fieldOf, fieldsOf, listOf, numberOf, parseJson } from "../json/lenient.ts";
import type { ChatModel } from "./suit.ts";

type Answer = Awaited<ReturnType<ChatModel["doGenerate"]>>;
type Part = Answer["content"][number];

/**
 * The answer in a completion that the provider package does not understand: content as a list of parts, a call's arguments
 * as an object, fields left out. Null when it holds neither words nor a call.
 */
export function answerIn(error: unknown): Answer | null {
  if (!APICallError.isInstance(error) || error.statusCode !== 200) return null;
  const body = fieldsOf(parseJson(error.responseBody ?? null));
  const choice = fieldsOf(listOf(fieldOf(body, "choices"))[0]);
  const message = fieldsOf(fieldOf(choice, "message"));
  const words = wordsOf(fieldOf(message, "content"));
  const calls = callsIn(message);
  if (words === "" && calls.length === 0) return null;
  const model = fieldOf(body, "model");
  return {
    content: [...(words === "" ? [] : [{ type: "text" as const, text: words }]), ...calls],
    finishReason: finishOf(fieldOf(choice, "finish_reason"), calls.length > 0),
    usage: usageIn(fieldsOf(fieldOf(body, "usage"))),
    warnings: [],
    request: { body: error.requestBodyValues },
    response: typeof model === "string" ? { modelId: model } : {},
  };
}

/**
 * The answer with its object as words, for who asked for one: some servers take all of it for a thought, others return it
 * as a call.
 */
export function withObject(answer: Answer): Answer {
  if (answer.content.some((part) => part.type === "text" && part.text.trim() !== "")) return answer;
  const choice = fieldsOf(listOf(fieldOf(fieldsOf(answer.response?.body), "choices"))[0]);
  const message = fieldsOf(fieldOf(choice, "message"));
  const beside = [
    ...["reasoning_content", "reasoning"].map((name) => fieldOf(message, name)),
    ...answer.content.map((part) => (part.type === "tool-call" ? part.input : null)),
  ];
  const object = beside.find((text) => typeof text === "string" && text.trimStart().startsWith("{"));
  if (typeof object !== "string") return answer;
  return { ...answer, content: [...answer.content, { type: "text", text: object }] };
}

/** A text, those of a list of parts, or an object as JSON; thoughts are parts of another type. */
function wordsOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (typeof content === "object" && content !== null && !Array.isArray(content))
    return wordsOf(fieldOf(fieldsOf(content), "text") ?? JSON.stringify(content));
  if (!Array.isArray(content)) return "";
  return content
    .map((part) => {
      const text = fieldOf(fieldsOf(part), "text");
      return typeof text === "string" ? text : "";
    })
    .join("");
}

/** Also the one call of the older protocol. */
function callsIn(message: Readonly<Record<string, unknown>>): Part[] {
  const older = fieldOf(message, "function_call");
  const calls = [
    ...listOf(fieldOf(message, "tool_calls")).map((call) => [call, fieldOf(fieldsOf(call), "function")]),
    ...(older ? [[{}, older]] : []),
  ];
  return calls.flatMap(([call, called]) => {
    const name = fieldOf(fieldsOf(called), "name");
    const id = fieldOf(fieldsOf(call), "id");
    if (typeof name !== "string") return [];
    const given = fieldOf(fieldsOf(called), "arguments") ?? {};
    return {
      ...{ type: "tool-call" as const, toolName: name },
      toolCallId: typeof id === "string" && id !== "" ? id : crypto.randomUUID(),
      input: typeof given === "string" ? given : JSON.stringify(given),
    };
  });
}

function finishOf(reason: unknown, called: boolean): Answer["finishReason"] {
  const raw = typeof reason === "string" ? reason : undefined;
  if (called) return { unified: "tool-calls", raw };
  const known = { length: "length", content_filter: "content-filter" } as const;
  return { unified: raw === "length" || raw === "content_filter" ? known[raw] : "stop", raw };
}

/** Counts that are missing are estimated where they are booked. */
function usageIn(usage: Readonly<Record<string, unknown>>): Answer["usage"] {
  const count = (name: string) => boundedInteger(numberOf(fieldOf(usage, name))) ?? undefined;
  const none = undefined;
  return {
    inputTokens: { total: count("prompt_tokens"), noCache: none, cacheRead: none, cacheWrite: none },
    outputTokens: { total: count("completion_tokens"), text: none, reasoning: none },
  };
}
