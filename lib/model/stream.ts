import { APICallError, InvalidResponseDataError } from "ai";
import { fieldOf, fieldsOf } from "../json/lenient.ts";
import type { CallOptions } from "./adapt.ts";
import type { ChatModel } from "./suit.ts";

/** An answer that comes piece by piece. */
export type Streamed = Awaited<ReturnType<ChatModel["doStream"]>> & {
  /** True when its limit ended it before a word: thoughts used it up. */
  silent?: boolean;
};
type Part = Streamed["stream"] extends ReadableStream<infer P> ? P : never;
type Answer = Awaited<ReturnType<ChatModel["doGenerate"]>>;

/**
 * Asks a model for a stream, and resolves at its first words or tool call. Until then a failure is thrown as of a call without a stream:
 * an error that came as an event under a 200, a stream that ends without an answer.
 */
export async function openStream(model: ChatModel, request: CallOptions): Promise<Streamed> {
  const result = await model.doStream(request);
  const reader = result.stream.getReader();
  const before: Part[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw unanswered();
    before.push(value);
    if (value.type === "error") {
      void reader.cancel().catch(() => {});
      throw asRefusal(value.error, result);
    }
    if (isBeginning(value)) return { ...result, stream: goOn(before, reader) };
    if (value.type !== "finish") continue;
    if (value.finishReason.unified !== "length" && value.finishReason.unified !== "content-filter")
      throw unanswered();
    const silent = value.finishReason.unified === "length";
    return { ...result, stream: goOn(before, reader), silent };
  }
}

/** True when thoughts used up the tokens of the answer. */
export const isSilent = ({ silent = false }: Streamed): boolean => silent;

const isBeginning = (part: Part): boolean =>
  part.type === "text-delta"
    ? part.delta !== ""
    : part.type === "tool-input-start" || part.type === "tool-call";

/** As refusals are read: gateways send them as events, too. */
function asRefusal(error: unknown, { request }: Streamed): unknown {
  if (error instanceof Error) return error;
  const message = fieldOf(fieldsOf(error), "message");
  return new APICallError({
    message: typeof message === "string" ? message : "The stream reported an error.",
    url: "",
    requestBodyValues: request?.body,
    statusCode: 200,
    responseBody: JSON.stringify({ error }),
  });
}

const unanswered = () =>
  new InvalidResponseDataError({ data: null, message: "The stream ended without an answer." });

/** The parts that were read, then the rest. */
function goOn(before: readonly Part[], reader: ReadableStreamDefaultReader<Part>): ReadableStream<Part> {
  const first = before.values();
  return new ReadableStream<Part>({
    async pull(controller) {
      const next = first.next();
      if (!next.done) return controller.enqueue(next.value);
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** A whole answer as a stream. */
export function streamOf({ content, finishReason, usage, warnings, request, response }: Answer): Streamed {
  const parts: Part[] = [
    { type: "stream-start", warnings },
    { type: "response-metadata", ...response },
    ...content.flatMap((part, index): Part[] => {
      const id = String(index);
      if (part.type === "tool-call") return [part];
      if (part.type !== "text") return [];
      return [
        { type: "text-start", id },
        { type: "text-delta", id, delta: part.text },
        { type: "text-end", id },
      ];
    }),
    { type: "finish", finishReason, usage },
  ];
  const stream = new ReadableStream<Part>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
  return { stream, ...(request && { request }) };
}
