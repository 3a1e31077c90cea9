import { z } from "zod";
import { type Image, readImage } from "./image.ts";

const partSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  image_url: z.object({ url: z.string().transform(readImage), detail: z.string().nullish() }).optional(),
});
const contentSchema = z
  .preprocess(
    (content) => (typeof content === "string" ? [{ type: "text", text: content }] : content),
    z.array(partSchema).nullish(),
  )
  .transform((parts) => ({
    text: (parts ?? []).flatMap(({ text }) => text ?? []).join("\n"),
    images: (parts ?? []).flatMap(({ image_url: image }) =>
      image ? { ...image.url, detail: image.detail ?? "auto" } : [],
    ),
  }));
const callSchema = z.object({
  id: z.string(),
  function: z.object({ name: z.string(), arguments: z.string() }),
});
const requestSchema = z.object({
  model: z.string().min(1),
  messages: z
    .array(
      z.object({
        role: z.enum(["system", "developer", "user", "assistant", "tool"]),
        content: contentSchema,
        tool_calls: z.array(callSchema).optional(),
        tool_call_id: z.string().optional(),
      }),
    )
    .min(1),
  tools: z
    .array(
      z.object({
        function: z.object({ name: z.string(), parameters: z.record(z.string(), z.unknown()).optional() }),
      }),
    )
    .default([]),
  tool_choice: z.unknown().optional(),
  response_format: z
    .looseObject({
      type: z.string(),
      json_schema: z.object({ schema: z.record(z.string(), z.unknown()) }).optional(),
    })
    .optional(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  temperature: z.number().nullish(),
  reasoning_effort: z.string().nullish(),
  max_tokens: z.number().nullish(),
  max_completion_tokens: z.number().nullish(),
});

/** A JSON schema that the answer has to follow. */
export type JsonSchema = Record<string, unknown>;

/** One message of the request; `text` joins its text parts. */
export interface ChatMessage {
  role: "system" | "developer" | "user" | "assistant" | "tool";
  text: string;
  images: Image[];
  toolCalls: ToolCall[];
  toolCallId: string | null;
}

/** A tool call; its arguments are JSON text. */
export interface ToolCall {
  id: string;
  name: string;
  arguments: string;
}

/** A parsed request: a chat completion, or a transcription, which has `audio` and no messages. */
export interface ParsedRequest {
  model: string;
  /**
   * `classify`: the schema asks for an intent; `object`: another schema; `tools`: tools may be called; `text`: other chat
   * completions; `transcribe`: speech to text.
   */
  kind: "classify" | "object" | "tools" | "text" | "transcribe";
  messages: ChatMessage[];
  /** Names of the tools that may be called now. */
  tools: string[];
  /** Schemas of their inputs, by name. */
  inputs: Record<string, JsonSchema>;
  /** As sent: `auto`, `none`, or the one tool that must be called. */
  toolChoice: unknown;
  schema: JsonSchema | null;
  stream: boolean;
  includeUsage: boolean;
  temperature: number | null;
  /** `reasoning_effort`. */
  effort: string | null;
  maxTokens: number | null;
  audio: Audio | null;
}

/** A file to transcribe; its bytes are not stored. */
export interface Audio {
  filename: string;
  bytes: number;
  seconds: number;
  /** The spoken words, from its tag; null without one. */
  words: string | null;
  /** ISO 639-1, when the caller names it. */
  language: string | null;
  format: "json" | "verbose_json" | "text";
  /** The caller asks how sure the model is of each token. */
  logprobs: boolean;
}

/** How a stream goes wrong: after so many events it breaks off, or an error comes; there is a pause before each event, or some wait. */
export interface StreamFault {
  cutAfter?: number;
  errorAfter?: number;
  pauseMs?: number;
  /** What an event waits for. */
  hold?(event: string): Promise<unknown> | null;
}

/** The model's answer. */
export type Answer =
  | { text: string; stream?: StreamFault }
  | { refusal: string }
  | { toolCalls: Omit<ToolCall, "id">[] };

/** Parses the body of `POST /v1/chat/completions`; returns a string with the problem of a wrong one. */
export function parseRequest(body: unknown): ParsedRequest | string {
  const result = requestSchema.safeParse(body);
  if (!result.success) {
    const [issue] = result.error.issues;
    return `Invalid value for '${issue?.path.join(".") ?? ""}': ${issue?.message ?? "unreadable"}`;
  }
  const { data } = result;
  const schema = data.response_format?.json_schema?.schema ?? schemaIn(data.messages[0]?.content.text ?? "");
  const tools = data.tool_choice === "none" ? [] : data.tools.map((tool) => tool.function.name);
  return {
    model: data.model,
    kind: schema ? (asksForIntent(schema) ? "classify" : "object") : tools.length > 0 ? "tools" : "text",
    messages: data.messages.map(({ role, content, tool_calls, tool_call_id }) => ({
      role,
      ...content,
      toolCalls: (tool_calls ?? []).map((call) => ({ id: call.id, ...call.function })),
      toolCallId: tool_call_id ?? null,
    })),
    tools,
    inputs: Object.fromEntries(
      data.tools.map(({ function: { name, parameters } }) => [name, parameters ?? {}]),
    ),
    toolChoice: data.tool_choice,
    schema,
    stream: data.stream ?? false,
    includeUsage: data.stream_options?.include_usage ?? false,
    temperature: data.temperature ?? null,
    effort: data.reasoning_effort ?? null,
    maxTokens: data.max_completion_tokens ?? data.max_tokens ?? null,
    audio: null,
  };
}

/** A schema that stands in the instructions, as for a service that takes none beside them. */
function schemaIn(instructions: string): JsonSchema | null {
  const written = /JSON schema:\n(\{.*\})/.exec(instructions)?.[1];
  return written === undefined ? null : z.record(z.string(), z.unknown()).parse(JSON.parse(written));
}

const intentShape = z.looseObject({
  properties: z.looseObject({ intent: z.looseObject({ enum: z.array(z.string()) }) }),
});

function asksForIntent(schema: JsonSchema): boolean {
  return intentShape.safeParse(schema).success;
}
