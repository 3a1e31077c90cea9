import type { PlaygroundAnswer, PlaygroundData, Side } from "../../../../contracts/console/playground.ts";
import type { Json } from "../../../../lib/types/json.ts";

/** One call of a tool, as far as it is. */
export interface ToolState {
  id: string;
  name: string;
  input: Json;
  /** Undefined while it runs. */
  output: Json | undefined;
  simulated: boolean;
  withheld: boolean;
  failed: boolean;
  ms: number | null;
}

/** One side's answer, as far as it is. */
export interface AnswerState {
  side: Side;
  state: "streaming" | "done" | "failed" | "stopped";
  understood: PlaygroundData["understood"] | null;
  /** Rungs that were tried, with the code of those that failed. */
  attempts: { rung: string; model: string; failed: string | null }[];
  tools: ToolState[];
  /** Words of the step in progress, unchecked. */
  words: string;
  answer: PlaygroundAnswer | null;
  failure: { code: string; costUsd: number | null; retryAfterS: number | null } | null;
}

/** An answer of which nothing has come. */
export const emptyAnswer = (side: Side): AnswerState => ({
  ...{ side, state: "streaming", understood: null, attempts: [], tools: [] },
  ...{ words: "", answer: null, failure: null },
});

/** One part of the stream; parts that are not used here may be of any kind. */
export type Part =
  | { type: "text-delta"; delta: string }
  | { type: "start-step" }
  | { type: "tool-input-available"; toolCallId: string; toolName: string; input: Json }
  | { type: "tool-output-available"; toolCallId: string; output: Json }
  | {
      [Name in keyof PlaygroundData]: { type: `data-${Name}`; data: PlaygroundData[Name] };
    }[keyof PlaygroundData];

/** The answer with one more part of its stream. */
export function withPart(now: AnswerState, part: Part): AnswerState {
  switch (part.type) {
    case "text-delta":
      return { ...now, words: now.words + part.delta };
    case "start-step":
      return { ...now, words: "" };
    case "tool-input-available": {
      const { toolCallId: id, toolName: name, input } = part;
      const call = {
        id,
        name,
        input,
        output: undefined,
        simulated: false,
        withheld: false,
        failed: false,
        ms: null,
      };
      return { ...now, tools: [...now.tools, call] };
    }
    case "tool-output-available":
      return withTool(now, part.toolCallId, { output: part.output });
    case "data-tool": {
      const { toolCallId, ...facts } = part.data;
      return withTool(now, toolCallId, facts);
    }
    case "data-understood":
      return { ...now, understood: part.data };
    case "data-attempt":
      return { ...now, words: "", attempts: [...now.attempts, { ...part.data, failed: null }] };
    case "data-failed":
      return {
        ...now,
        attempts: now.attempts.map((each, place) => failedLast(each, place, now, part.data.code)),
      };
    case "data-answer":
      return { ...now, state: "done", answer: part.data };
    case "data-failure":
      return { ...now, state: "failed", failure: { ...part.data, retryAfterS: null } };
    default:
      return now;
  }
}

type Attempt = AnswerState["attempts"][number];

const failedLast = (each: Attempt, place: number, { attempts }: AnswerState, code: string): Attempt =>
  place === attempts.length - 1 ? { ...each, failed: code } : each;

const withTool = (now: AnswerState, id: string, facts: Partial<ToolState>): AnswerState => ({
  ...now,
  tools: now.tools.map((call) => (call.id === id ? { ...call, ...facts } : call)),
});
