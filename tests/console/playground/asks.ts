import { readUIMessageStream, type UIMessage, type UIMessageChunk } from "ai";
import type { AnswerInput, PlaygroundData } from "../../../contracts/console/playground.ts";
import type { Member } from "../member.ts";

type Chunk = UIMessageChunk<never, PlaygroundData>;
type Named<Name extends keyof PlaygroundData> = { type: `data-${Name}`; data: PlaygroundData[Name] };

/** An answer of the playground as it came over the wire. */
export interface Asked {
  status: number;
  /** Code of a refusal; empty for a stream. */
  code: string;
  chunks: Chunk[];
  /** Every word that was streamed. */
  words: string;
  data<Name extends keyof PlaygroundData>(name: Name): PlaygroundData[Name][];
}

/** A question of a customer who does not exist. */
export const pretend = (text: string, more: Partial<Extract<AnswerInput, { of: "pretend" }>> = {}) =>
  ({
    ...{ model: null, version: "live", of: "pretend", history: [] },
    customer: { name: "Rosa", language: "es", phone: "51987654321" },
    message: { direction: "in", text, tap: null },
    ...more,
  }) satisfies AnswerInput;

/** Asks the bot, and reads the answer to its end. */
export async function ask(member: Member, input: unknown): Promise<Asked> {
  const response = await member.post("/playground/answers", input);
  const body = await response.text();
  if (!response.ok) {
    const { error } = JSON.parse(body) as { error: { code: string } };
    return { status: response.status, code: error.code, chunks: [], words: "", data: () => [] };
  }
  const chunks = chunksIn(body);
  return {
    ...{ status: response.status, code: "", chunks },
    words: chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join(""),
    data: <Name extends keyof PlaygroundData>(name: Name) =>
      chunks.flatMap((chunk) =>
        chunk.type === `data-${name}` ? [(chunk as Named<Name>).data] : [],
      ) as PlaygroundData[Name][],
  };
}

/** The parts of an event stream that have come so far. */
export const chunksIn = (body: string): Chunk[] =>
  [...body.matchAll(/^data: (\{.*\})\n\n/gm)].map(([, json = "{}"]) => JSON.parse(json) as Chunk);

/** The message that the AI SDK itself makes of these parts; throws where they break its protocol. */
export async function asMessage(chunks: readonly Chunk[]): Promise<UIMessage | undefined> {
  const stream = new ReadableStream<UIMessageChunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk as UIMessageChunk);
      controller.close();
    },
  });
  const errors: unknown[] = [];
  let message: UIMessage | undefined;
  for await (const state of readUIMessageStream({ stream, onError: (error) => errors.push(error) }))
    message = state;
  // An error part is told so; anything else is a breach.
  if (errors.some((error) => !(error instanceof Error) || error.name !== "Error")) throw errors[0];
  return message;
}
